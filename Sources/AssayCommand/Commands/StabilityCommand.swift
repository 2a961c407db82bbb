import ArgumentParser
import Assay
import Engines
import Foundation
import Records
import Specs
import Studies

/// `assay stability`: what changes the outputs of a model, and by how much.
struct StabilityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stability", abstract: "Find what changes a model's outputs: engines, versions, threads, batches.",
        discussion: """
            Runs one model under every combination of stacks, threads, batches, optimisation levels and precisions, each in \
            processes of its own, and holds each cell's outputs against those of the first: the same to the bit or not, the \
            worst distance in units in the last place, how far apart, which labels flip. Each cell runs again in the same \
            process and in a fresh one, so that what is not deterministic shows. For cells that differ, inner values are made \
            outputs and the first node is named at which they part. Known pitfalls of such comparisons are told where they \
            are found: another precision, other threads or settings in force than were asked, slow first runs, reused inputs, \
            times that end before the outputs are there, transfers that are left out.

            A combination that an engine refuses is an outcome with its reason; the others go on. Cells of other files than \
            the model (--variant) say whether an export or a rewrite is the same model.

            Examples:
              assay stability mobilenet-v2
              assay stability mobilenet-v2 --engine onnxruntime@1.20,onnxruntime,openvino,native --threads 1,2
              assay stability mobilenet-v2 --data Workloads/photos/demo.yaml --batches 1,4 --html stability.html
              assay stability model.onnx --variant optimized.onnx --engine onnxruntime --optimizations all,none
              assay stability model.onnx --engine openvino --precisions f32,bf16 --tolerance 0.01
              assay stability model.onnx --engine onnxruntime,litert --form litert=model.tflite
              assay stability stability.yaml

            Exit codes: 0 done, 1 labels flip or outputs are beyond the tolerance, 2 the input is wrong, 3 an engine failed \
            (the record is kept), 130 interrupted.
            """)

    @Argument(help: ArgumentHelp("A name of the zoo, an ONNX file, or a spec.", valueName: "model-or-spec"))
    var model: String

    @Option(
        help: ArgumentHelp(
            "Stacks in place of the spec's, as native,onnxruntime@1.20,openvino{threads=2}.", valueName: "engine,…"))
    var engine: String?

    @Option(
        help: ArgumentHelp(
            "Another file that claims to be the same model; may be repeated.", valueName: "model"))
    var variant: [String] = []

    @Option(
        help: ArgumentHelp(
            "The same model in the format of one engine, as litert=model.tflite; may be repeated.",
            valueName: "engine=file"))
    var form: [String] = []

    @Option(help: ArgumentHelp("Threads of each stack, as 1,2; 'own' for what the stack says.", valueName: "number,…"))
    var threads: String?

    @Option(help: ArgumentHelp("Items in one run of the model, as 1,4.", valueName: "number,…"))
    var batches: String?

    @Option(help: ArgumentHelp("How far engines may rewrite the model: all, none or both.", valueName: "level,…"))
    var optimizations: String?

    @Option(help: ArgumentHelp("The arithmetic of each stack, as f32,bf16.", valueName: "precision,…"))
    var precisions: String?

    @Option(
        help: ArgumentHelp("The number of the stack, from 1, that the others are held against.", valueName: "number"))
    var reference: Int?

    @Option(help: ArgumentHelp("How many samples each cell runs.", valueName: "number"))
    var samples: Int?

    @Option(help: ArgumentHelp("How often each sample runs in one process.", valueName: "number"))
    var repeats: Int?

    @Option(help: ArgumentHelp("How many processes run each cell.", valueName: "number"))
    var processes: Int?

    @Option(help: ArgumentHelp("The largest max|a-b| / max|b| at which outputs agree.", valueName: "number"))
    var tolerance: Double?

    @Option(
        help: ArgumentHelp(
            "For how many stacks that differ the first node is sought; 0 leaves it out.", valueName: "number"))
    var firstNodes: Int?

    @Option(help: ArgumentHelp("How long each cell is timed, as 1s.", valueName: "time"))
    var duration: DurationArgument?

    @Flag(help: "Time nothing.")
    var untimed = false

    @OptionGroup var source: SampleOptions

    @OptionGroup var options: DeliveryOptions

    func validate() throws {
        if let engine, engine.split(separator: ",").isEmpty {
            throw ValidationError("--engine '\(engine)': it names no engine; `assay engines` lists them")
        }
        _ = try threadCounts()
        _ = try form.map(Self.form)
        _ = try StudyOptions.counts(batches, of: "--batches", most: 4096)
        let levels: [EngineOptions.Optimization]? = try StudyOptions.cases(optimizations, of: "--optimizations")
        let arithmetics: [Precision]? = try StudyOptions.cases(precisions, of: "--precisions")
        _ = (levels, arithmetics)
        try StudyOptions.check("--reference", reference, 1...1000)
        try StudyOptions.check("--samples", samples, 1...100_000)
        try StudyOptions.check("--repeats", repeats, 1...1000)
        try StudyOptions.check("--processes", processes, 1...100)
        try StudyOptions.check("--tolerance", tolerance, 0...1)
        try StudyOptions.check("--first-nodes", firstNodes, 0...100)
        if untimed, duration != nil { throw ValidationError("--duration says how long to time; leave --untimed out") }
    }

    func run() async throws {
        let (spec, folder) = try spec()
        if let violation = StabilitySpec.violation(spec) {
            throw Failure(
                .wrongInput, code: "command.stability",
                subject: "--" + (violation.key == "shapes" ? "shape" : violation.key), reason: violation.reason,
                remedy: violation.remedy)
        }
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        let archive = try await bench.stability(spec, folder: folder)
        line.finish()
        try options.deliver(archive, hiding: ["identical", "pitfalls-by-cell"])
        guard archive.exitStatus == .done else { throw ExitCode(archive.exitStatus.rawValue) }
        if archive.record.verdicts.contains(where: { $0.state == .fails }) {
            throw ExitCode(ExitStatus.failed.rawValue)
        }
    }

    /// The spec, with what the command line says on top, and the folder its paths start from.
    private func spec() throws -> (StabilitySpec, String) {
        var (spec, folder) = try source.spec(model, of: StabilitySpec.spec, default: StabilitySpec()) { $1.task = $0 }
        spec.variants += variant
        spec.forms += try form.map(Self.form)
        if let stacks = try StudyOptions.stacks(engine) {
            spec.stacks = stacks
            // Threads that are written beside an engine are those that are meant.
            if stacks.contains(where: { $0.options.threads != 1 }) { spec.threads = [] }
        }
        spec.threads = try threadCounts() ?? spec.threads
        spec.batches = try StudyOptions.counts(batches, of: "--batches", most: 4096) ?? spec.batches
        spec.optimizations = try StudyOptions.cases(optimizations, of: "--optimizations") ?? spec.optimizations
        spec.precisions = try StudyOptions.cases(precisions, of: "--precisions") ?? spec.precisions
        spec.reference = reference ?? spec.reference
        spec.samples = samples ?? spec.samples
        spec.repeats = repeats ?? spec.repeats
        spec.processes = processes ?? spec.processes
        spec.tolerance = tolerance ?? spec.tolerance
        spec.firstNodes = firstNodes ?? spec.firstNodes
        spec.duration = untimed ? .zero : duration?.duration ?? spec.duration
        if let seed = options.seed { spec.seed = seed }
        return (spec, folder)
    }

    private static func form(_ text: String) throws -> ModelForm {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            throw ValidationError("--form \(text): write an engine and a file, as litert=model.tflite")
        }
        return ModelForm(engine: parts[0], path: parts[1])
    }

    /// The threads that are asked for; none where stacks say it themselves.
    private func threadCounts() throws -> [Int]? {
        threads == "own" ? [] : try StudyOptions.counts(threads, of: "--threads", most: 1024)
    }
}

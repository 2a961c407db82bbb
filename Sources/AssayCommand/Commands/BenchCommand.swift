import ArgumentParser
import Assay
import Engines
import Foundation
import Records
import Specs
import Studies

/// `assay bench`: one engine against the faster of its peers.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure the native engine against the faster of its peers, model by model.",
        discussion: """
            Each engine runs in a process of its own and all take turns in short bursts; each peer runs in the better of \
            its own configurations (spinning or not, denormals flushed or kept). With one thread the figure is processor \
            time, with several the time that passes. Models are names of the zoo or ONNX files; without one, the whole \
            suite runs. The first engine is set against the faster of the others.

            Parts: \(BenchSpec.Part.allCases.map(\.rawValue).joined(separator: ", ")). All without a model, time and \
            agreement with one.

            Examples:
              assay bench mobilenet-v2 --batch 1 --threads 1
              assay bench resnet-50-random vgg-19-random --parts time,load
              assay bench model.onnx --shape x=1x3x640x640
              assay bench --html bench.html

            Exit codes: 0 done, 2 the input is wrong, 3 an engine failed (the record is kept), 130 interrupted.
            """)

    @Argument(help: ArgumentHelp("Names of the zoo or ONNX files.", valueName: "model"))
    var models: [String] = []

    @Option(help: ArgumentHelp("Items in a batch, as 1,8.", valueName: "number,…"))
    var batch: String?

    @Option(help: ArgumentHelp("What is looked at, as time,load.", valueName: "part,…"))
    var parts: String?

    @Option(help: ArgumentHelp("Seconds for which all engines are timed on one model.", valueName: "seconds"))
    var seconds: Double?

    @OptionGroup var shapes: ShapeOptions

    @OptionGroup var options: StudyOptions

    func validate() throws {
        if let seconds, !(seconds > 0 && seconds <= 3600) {
            throw ValidationError("--seconds \(seconds): it is not in 0 to 3600")
        }
        _ = try StudyOptions.counts(batch, of: "--batch", most: 4096)
        _ = try chosenParts()
    }

    func run() async throws {
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        let archive = try await bench.bench(spec())
        line.finish()
        try options.deliver(archive)
        if archive.exitStatus != .done { throw ExitCode(archive.exitStatus.rawValue) }
    }

    private func spec() throws -> BenchSpec {
        var spec = BenchSpec()
        spec.models = models
        spec.shapes = try shapes.named()
        spec.batches = try StudyOptions.counts(batch, of: "--batch", most: 4096) ?? spec.batches
        spec.parts = try chosenParts() ?? (models.isEmpty ? spec.parts : [.time, .agreement])
        if let threads = options.threads { spec.threads = [threads] }
        if let seconds { spec.duration = .seconds(seconds) }
        if let seed = options.seed { spec.seed = seed }
        if let stacks = try options.stacks() { spec.stacks = stacks }
        return spec
    }

    private func chosenParts() throws -> [BenchSpec.Part]? {
        try StudyOptions.cases(parts, of: "--parts")
    }
}

import ArgumentParser
import Assay
import Engines
import Foundation
import Graphs
import Operators
import Records
import Reports
import Specs
import Studies

/// `assay optimize`: makes a model cheaper with passes that give ordinary ONNX again.
struct OptimizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimize",
        abstract: "Rewrite a model into an equal one that is cheaper to run, and show what helped.",
        discussion: """
            Applies portable passes to an ONNX file and writes ordinary ONNX: inputs, outputs and their names stay, and no \
            operator set is raised unless --max-opset allows it. --explain shows, pass by pass, nodes, operations, \
            traffic, the time on each engine and the largest difference of the outputs.

            Examples:
              assay optimize model.onnx -o smaller.onnx
              assay optimize model.onnx --without gelu,attention --max-opset 17 -o smaller.onnx
              assay optimize mobilenet-v2 --explain --engine native,onnxruntime
              assay optimize model.onnx --shape x=1x3x224x224 --check
              assay optimize --list
              assay optimize --soak 1000 --seed 1

            Exit codes: 0 done, 1 --check or the soak found a difference, 2 the input is wrong, 3 an engine failed, \
            130 interrupted.
            """)

    @Argument(help: "An ONNX file or a model of the zoo.")
    var model: String?

    @Option(
        name: [.short, .customLong("output")], help: ArgumentHelp("The file that takes the result.", valueName: "file"))
    var output: String?

    @Flag(help: "Let the result take the place of the model it is made of.")
    var force = false

    @Option(help: ArgumentHelp("Only these passes, in this order.", valueName: "pass,…"))
    var passes: String?

    @Option(help: ArgumentHelp("All passes but these.", valueName: "pass,…"))
    var without: String?

    @Option(
        help: ArgumentHelp(
            "The newest standard operator set that the model may be raised to where that pays.", valueName: "number"))
    var maxOpset: Int?

    @Flag(help: "Make constants of inputs that have defaults; a caller can then no longer feed them.")
    var freezeDefaults = false

    @OptionGroup var shapes: ShapeOptions

    @Flag(help: "Show every pass by itself, with times on the engines.")
    var explain = false

    @Flag(help: "Run the model before and after on the engines and compare the outputs.")
    var check = false

    @Flag(help: "List the passes.")
    var list = false

    @OptionGroup var options: StudyOptions

    @OptionGroup(title: "Soak: try the passes on random graphs, or on models of the zoo")
    var soak: SoakOptions

    func validate() throws {
        if model == nil, !list, !soak.isAsked {
            throw ValidationError("give an ONNX file or a model of the zoo; --list shows the passes")
        }
        if model != nil, soak.isAsked || list {
            throw ValidationError("--soak and --list take no model: leave '\(model ?? "")' out")
        }
        if soak.isAsked {
            try StudyOptions.refuse(
                [
                    ("--output", output != nil), ("--force", force), ("--passes", passes != nil),
                    ("--without", without != nil), ("--max-opset", maxOpset != nil),
                    ("--freeze-defaults", freezeDefaults), ("--shape", shapes.isGiven), ("--explain", explain),
                    ("--check", check), ("--threads", options.threads != nil), ("--out", options.out != nil),
                    ("--html", options.html != nil), ("--engine", options.engine != nil && soak.soak != nil),
                ], since: "has no effect on a soak: leave it out")
        } else if !explain, !check {
            try StudyOptions.refuse(
                [("--engine", options.engine != nil), ("--threads", options.threads != nil)],
                since: "takes --explain or --check: no engine is needed to rewrite a model")
        }
        _ = try StudyOptions.words(passes, of: "--passes")
        _ = try StudyOptions.words(without, of: "--without")
        if passes != nil, without != nil {
            throw ValidationError("--passes and --without exclude each other: give one of them")
        }
        if let maxOpset, maxOpset < 1 {
            throw ValidationError("--max-opset \(maxOpset): it is no version of an operator set; give 1 or more")
        }
    }

    func run() async throws {
        if list { return try printList() }
        if soak.isAsked { return try await SoakRun(soak, options).run() }
        let spec = try spec()
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        let (archive, findings) = try await bench.optimize(spec)
        line.finish()
        try deliver(archive, findings)
        guard archive.exitStatus == .done else { throw ExitCode(archive.exitStatus.rawValue) }
        if archive.record.verdicts.contains(where: { $0.state == .fails }) {
            throw ExitCode(ExitStatus.failed.rawValue)
        }
    }

    private func spec() throws -> OptimizeSpec {
        var spec = OptimizeSpec()
        spec.model = model ?? ""
        let named = try StudyOptions.words(passes, of: "--passes")
        // Checks the names; what is asked for alone keeps the order of the command line.
        let chosen = try PassCatalogue.standard.choose(
            only: named, without: try StudyOptions.words(without, of: "--without") ?? [])
        spec.passes = named ?? chosen.map(\.name)
        spec.maximumOpset = maxOpset ?? 0
        spec.freezesDefaults = freezeDefaults
        spec.shapes = try shapes.named()
        spec.explains = explain
        spec.measure.enabled = explain
        if let seed = options.seed { spec.seed = seed }
        if explain || check {
            spec.stacks = try options.stacks() ?? (explain ? StackRequest.defaults : [StackRequest("native")])
        }
        options.setThreads(of: &spec.stacks)
        return spec
    }

    /// Writes the model first, then shows what was found.
    private func deliver(_ archive: RecordArchive, _ findings: Optimize.Findings) throws {
        var written: String?
        if output != nil || !(explain || check) {
            let path = output ?? Self.defaultName(findings.model.name)
            let isSame =
                URL(fileURLWithPath: path).resolvingSymlinksInPath()
                == URL(fileURLWithPath: findings.model.path).resolvingSymlinksInPath()
            guard force || !isSame else {
                throw Failure(
                    .wrongInput, code: "command.overwrite", subject: path, reason: "it is the model itself",
                    remedy: "name another file, or give --force")
            }
            try findings.optimization.result.write(to: path)
            written = path
        }
        try options.deliver(archive)
        if let written, !options.json { print("Model: \(written)") }
    }

    private static func defaultName(_ model: String) -> String {
        let base = URL(fileURLWithPath: model).lastPathComponent
        return (base.hasSuffix(".onnx") ? String(base.dropLast(5)) : base) + ".optimized.onnx"
    }

    private func printList() throws {
        let passes = PassCatalogue.standard.passes
        if options.json {
            print(try JSONCoding.value(of: passes.map { ["name": $0.name, "summary": $0.summary] }).pretty)
            return
        }
        let width = (passes.map(\.name.count).max() ?? 0) + 2
        for pass in passes {
            print(pass.name.padding(toLength: width, withPad: " ", startingAt: 0) + pass.summary)
        }
    }
}

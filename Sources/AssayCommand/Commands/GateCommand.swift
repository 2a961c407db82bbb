import ArgumentParser
import Assay
import Foundation
import Records
import Reports
import Specs
import Studies

/// `assay gate`: bounds on what a model is and does, as a check for continuous integration.
struct GateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate", abstract: "Check a model against bounds, for continuous integration.",
        discussion: """
            Takes a file (YAML) with an evaluation and gates by question, runs what they need, and prints which hold. \
            --init writes such a file for a model, with bounds from a run made now, and the record that ratios are taken \
            to.

            A gate is METRIC RELATION NUMBER[UNIT] [on STACK]. Without a unit it bounds the ratio to the baseline where \
            the metric is a time, a rate or a size, and the figure itself elsewhere; +5% is a ratio of 1.05. It holds \
            where the whole interval keeps the bound, fails where none of it does, and cannot be told in between; then \
            it says how many more processes or samples would tell.

            The baseline of ratios is a record of another session (baseline: old.json), or a model or stack that runs \
            beside the candidate, in fresh processes that take turns in a random order, as for assay compare \
            (baseline: {model: old.onnx}, baseline: {stack: {engine: onnxruntime, version: "1.20"}}).

            Examples:
              assay gate --init model.onnx
              assay gate hallmark.yaml --junit gates.xml
              assay gate hallmark.yaml --undecided pass --html hallmark.html

            Exit codes: 0 all gates hold, 1 one fails or cannot be told (--undecided pass, or 'undecided: pass' in the \
            file, forgives the latter), 2 the input is wrong, 3 an engine failed (the record is kept), 130 interrupted.
            """)

    @Argument(help: ArgumentHelp("The file; hallmark.yaml by default.", valueName: "file"))
    var file = "hallmark.yaml"

    @Option(
        name: .customLong("init"),
        help: ArgumentHelp("Measure a model and write the file for it.", valueName: "model"))
    var model: String?

    @Option(help: ArgumentHelp("The shape of an input, with --init, as x=1x3x224x224.", valueName: "name=shape"))
    var shape: [String] = []

    @Option(help: ArgumentHelp("Write the results as JUnit XML.", valueName: "file"))
    var junit: String?

    @Option(help: ArgumentHelp("What a gate that cannot be told counts as: fail or pass.", valueName: "word"))
    var undecided: Undecided?

    @OptionGroup var options: StudyOptions

    func validate() throws {
        guard model == nil else {
            try StudyOptions.refuse(
                [("--junit", junit != nil), ("--undecided", undecided != nil)],
                since: "has no effect with --init; leave it out")
            return
        }
        try StudyOptions.refuse(
            [
                ("--engine", options.engine != nil), ("--threads", options.threads != nil), ("--shape", !shape.isEmpty),
            ], since: "has no effect without --init: the file says it")
    }

    func run() async throws {
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        if let model {
            try await start(model, bench, line)
            return
        }
        var spec = try GateSpec.spec.decode(contentsOf: file).value
        if let seed = options.seed { spec.evaluation.seed = seed }
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().relativePath
        let baseline = try await baseline(spec.baseline?.record, folder: folder, bench)
        let (archive, gates) = try await bench.gate(spec, baseline: baseline, folder: folder)
        line.finish()
        try options.deliver(archive)
        let word = undecided ?? spec.undecided
        if let junit { try StudyOptions.write(JUnitReport(gates, of: archive.record, undecided: word).xml, to: junit) }
        if !options.json { print(word.summary(of: gates)) }
        let status = archive.exitStatus == .done ? word.status(of: gates.map(\.state).worst) : archive.exitStatus
        if status != .done { throw ExitCode(status.rawValue) }
    }

    private func baseline(_ name: String?, folder: String, _ bench: Workbench) async throws -> RecordArchive? {
        guard let name else { return nil }
        return try await CompareInput.archive(
            name.hasSuffix(".json") && !name.hasPrefix("/") ? "\(folder)/\(name)" : name, bench.store)
    }

    /// Measures a model and writes the file and its baseline; neither is overwritten.
    private func start(_ model: String, _ bench: Workbench, _ line: ProgressLine) async throws {
        let stem = URL(fileURLWithPath: file).deletingPathExtension().relativePath
        let record = stem + "-baseline.json"
        for path in [file, record] where FileManager.default.fileExists(atPath: path) {
            throw Failure(
                .wrongInput, code: "command.exists", subject: path, reason: "there is such a file already",
                remedy: "name another one: assay gate other.yaml --init \(model)")
        }
        var modelSpec = ModelSpec(model)
        modelSpec.shapes = try shape.map { try ShapeArgument($0).named }
        var spec = EvaluateSpec()
        spec.title = "Gates of \(model)"
        spec.models = [modelSpec]
        if let stacks = try options.stacks() { spec.stacks = stacks }
        options.setThreads(of: &spec.stacks)
        if let seed = options.seed { spec.seed = seed }
        let document = SpecDocument(value: spec, effective: EvaluateSpec.spec.effective(spec), file: "command line")
        let archive = try await bench.evaluate(document, folder: ".")
        line.finish()
        try StudyOptions.write(try archive.json().canonical + "\n", to: record)
        let name = URL(fileURLWithPath: record).lastPathComponent
        try StudyOptions.write(GateStarter(spec, archive.record, baseline: name).yaml, to: file)
        try options.deliver(archive)
        print("Gates: \(file)   (assay gate \(file))")
        print("Baseline: \(record)")
        if archive.exitStatus != .done { throw ExitCode(archive.exitStatus.rawValue) }
    }
}

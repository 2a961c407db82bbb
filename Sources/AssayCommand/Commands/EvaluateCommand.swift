import ArgumentParser
import Assay
import Engines
import Foundation
import Records
import Specs
import Studies

/// `assay evaluate`: how accurate and how fast models are on several engines.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure how accurate and how fast models are on several engines.",
        discussion: """
            Takes a spec (YAML), or ONNX files and zoo names, which run on seeded random inputs. Each engine runs in a \
            process of its own; the stacks take turns, so that their times can be compared. The record is kept in the \
            store, and printed as tables.

            Examples:
              assay evaluate Workloads/photos/demo.yaml --html report.html
              assay evaluate model.onnx --engine onnxruntime,openvino --threads 2
              assay evaluate model.onnx --shape x=1x3x224x224
              assay evaluate mobilenet-v2 --json | python3 -m json.tool

            Exit codes: 0 done, 2 the input is wrong, 3 an engine failed (the record is kept), 130 interrupted.
            """)

    @Argument(help: ArgumentHelp("A spec, or ONNX files and zoo names.", valueName: "spec-or-model"))
    var inputs: [String]

    @OptionGroup var shapes: ShapeOptions

    @OptionGroup var options: StudyOptions

    func run() async throws {
        let (document, folder) = try document()
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        let archive = try await bench.evaluate(document, folder: folder)
        line.finish()
        try options.deliver(archive)
        if archive.exitStatus != .done { throw ExitCode(archive.exitStatus.rawValue) }
    }

    /// The spec, with what the command line says on top, and the folder its paths start from.
    private func document() throws -> (SpecDocument<EvaluateSpec>, String) {
        let isSpec = inputs.count == 1 && (inputs[0].hasSuffix(".yaml") || inputs[0].hasSuffix(".yml"))
        let read = isSpec ? try EvaluateSpec.spec.decode(contentsOf: inputs[0]) : nil
        var spec = read?.value ?? EvaluateSpec()
        if !isSpec {
            spec.models = inputs.map { ModelSpec($0) }
            spec.title = "Evaluation of " + spec.models.map(\.model).joined(separator: ", ")
        }
        let given = try shapes.named()
        for index in spec.models.indices { spec.models[index].shapes += given }
        if let stacks = try options.stacks() { spec.stacks = stacks }
        options.setThreads(of: &spec.stacks)
        if let seed = options.seed { spec.seed = seed }
        let folder = isSpec ? URL(fileURLWithPath: inputs[0]).deletingLastPathComponent().path : "."
        let effective = EvaluateSpec.spec.effective(spec)
        return (SpecDocument(value: spec, effective: effective, file: isSpec ? inputs[0] : "command line"), folder)
    }
}

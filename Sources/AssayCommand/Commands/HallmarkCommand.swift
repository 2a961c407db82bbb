import ResultStore
import ArgumentParser
import Assay
import Engines
import Foundation
import Graphs
import Records
import Reports
import Studies

/// `assay MODEL.onnx`: the hallmark, one page with one line a question.
struct HallmarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hallmark", abstract: "Strike the hallmark of a model: one line a question, with evidence.",
        discussion: """
            Runs the studies that need nothing but the model, on every default engine, and gathers their verdicts. \
            A question that no study has answered says so, and why. `assay MODEL.onnx` is short for it.

            Examples:
              assay model.onnx
              assay mobilenet-v2 --html mobilenet.html
              assay model.onnx --shape x=1x3x48x320 --engine onnxruntime,openvino
            """)

    @Argument(help: "An ONNX file or a model of the zoo.")
    var model: String

    @Option(help: ArgumentHelp("The shape of an input, as x=1x3x224x224; may be repeated.", valueName: "name=shape"))
    var shape: [String] = []

    @OptionGroup var options: StudyOptions

    func run() async throws {
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        var modelSpec = ModelSpec(model)
        modelSpec.shapes = try shape.map { try ShapeArgument($0).named }
        var spec = EvaluateSpec()
        spec.title = "Hallmark of \(model)"
        spec.models = [modelSpec]
        if let stacks = try options.stacks() { spec.stacks = stacks }
        options.setThreads(of: &spec.stacks)
        if let seed = options.seed { spec.seed = seed }
        let study = HallmarkStudy(bench.context(folder: "."))
        let (hallmark, archive) = try await study.run(spec)
        try await bench.store.save(archive)
        line.finish()
        try deliver(hallmark, archive)
        if archive.exitStatus != .done { throw ExitCode(archive.exitStatus.rawValue) }
    }

    private func deliver(_ hallmark: Hallmark, _ archive: RecordArchive) throws {
        if let out = options.out { try StudyOptions.write(try archive.json().canonical + "\n", to: out) }
        let page = options.html ?? "\(hallmark.model)-hallmark.html"
        let evidence = URL(fileURLWithPath: page).deletingPathExtension().path + "-\(archive.record.id).html"
        try StudyOptions.write(HTMLReport().render(ReportDocument(archive.record)), to: evidence)
        let name = URL(fileURLWithPath: evidence).lastPathComponent
        try StudyOptions.write(
            HTMLReport { $0 == archive.record.id ? name : nil }.render(hallmark), to: page)
        if options.json {
            print(try archive.record.json().pretty)
        } else {
            print(TerminalReport().render(hallmark))
            print("Page: \(page)")
        }
    }
}

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
            Runs the studies that need nothing but the model, on every default engine, and gathers their verdicts. Beside \
            them stands what the newest records of load, compare, cost and trace say of the same model, by its hash, \
            with their names and dates; what no record says is named with the command that would tell. A question that \
            nothing has answered says so, and why. `assay MODEL.onnx` is short for it.

            Examples:
              assay model.onnx
              assay mobilenet-v2 --html mobilenet.html
              assay model.onnx --shape x=1x3x48x320 --engine onnxruntime,openvino
            """)

    @Argument(help: "An ONNX file or a model of the zoo.")
    var model: String

    @OptionGroup var shapes: ShapeOptions

    @OptionGroup var options: StudyOptions

    func run() async throws {
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        var modelSpec = ModelSpec(model)
        modelSpec.shapes = try shapes.named()
        var spec = EvaluateSpec()
        spec.title = "Hallmark of \(model)"
        spec.models = [modelSpec]
        if let stacks = try options.stacks() { spec.stacks = stacks }
        options.setThreads(of: &spec.stacks)
        if let seed = options.seed { spec.seed = seed }
        let study = HallmarkStudy(bench.context(folder: "."), store: bench.store)
        let (hallmark, archive) = try await study.run(spec)
        try await bench.store.save(archive)
        line.finish()
        var records = [archive.record]
        for name in hallmark.records where name != archive.record.id {
            records.append(try await bench.store.record(name))
        }
        try deliver(hallmark, archive, evidence: records)
        if archive.exitStatus != .done { throw ExitCode(archive.exitStatus.rawValue) }
    }

    /// Writes the page and, beside it, one of each record that it links to.
    private func deliver(_ hallmark: Hallmark, _ archive: RecordArchive, evidence: [Record]) throws {
        if let out = options.out { try StudyOptions.write(try archive.json().canonical + "\n", to: out) }
        let page = options.html ?? "\(hallmark.model)-hallmark.html"
        let stem = URL(fileURLWithPath: page).deletingPathExtension()
        for record in evidence {
            try StudyOptions.write(
                HTMLReport().render(ReportDocument(record)), to: "\(stem.path)-\(record.id).html")
        }
        let (name, linked) = (stem.lastPathComponent, Set(evidence.map(\.id)))
        try StudyOptions.write(
            HTMLReport { linked.contains($0) ? "\(name)-\($0).html" : nil }.render(hallmark), to: page)
        if options.json {
            print(try archive.record.json().pretty)
        } else {
            print(TerminalReport().render(hallmark))
            print("Page: \(page)")
        }
    }
}

import ArgumentParser
import Assay
import Engines
import Foundation
import Records
import Reports
import Specs
import Studies
import Timelines

/// `assay trace`: where the time of a model goes, level by level.
struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Show where the time of a model goes, level by level, and what looking costs.",
        discussion: """
            Watches a model at the levels of the application, the model, layers, calls of the library of kernels, the \
            operating system and the hardware. Every level has runs of its own, which take turns with runs that nothing \
            watches; each number is taken from the shallowest level that contains it, and a ledger says how much longer \
            the runs of each level take. What an engine or machine does not offer is named as such.

            Takes an ONNX file or a model of the zoo, which run on seeded random inputs, or a spec (YAML) with one model \
            and data. --import draws and converts a trace of any program instead.

            Files of --timeline and --import: \(TimelineFormat.allCases.map { "\($0.endings[0]) (\($0.rawValue))" }
                .joined(separator: ", ")). ui.perfetto.dev and chrome://tracing open the first two.

            Examples:
              assay trace mobilenet-v2 --engine native,onnxruntime --html trace.html
              assay trace Workloads/photos/demo.yaml --levels application,model
              assay trace model.onnx --levels model,layer --timeline trace.perfetto --timeline trace.json
              assay trace model.onnx --otlp http://localhost:4318/v1/traces
              assay trace --import trace.json --timeline trace.perfetto --html trace.html

            Exit codes: 0 done, 2 the input is wrong, 3 an engine or the collector failed (the record is kept), \
            130 interrupted.
            """)

    @Argument(help: ArgumentHelp("An ONNX file, a model of the zoo, or a spec with one model.", valueName: "model"))
    var model: String?

    @Option(
        help: ArgumentHelp(
            "The levels, of \(Timeline.Level.allCases.map(\.rawValue).joined(separator: ",")).", valueName: "level,…"))
    var levels: String?

    @Option(
        help: ArgumentHelp(
            "Write the timeline, in the format of the file's ending; may be repeated.", valueName: "file"))
    var timeline: [String] = []

    @Option(help: ArgumentHelp("Send the timeline to a collector of OpenTelemetry's.", valueName: "address"))
    var otlp: String?

    @Option(help: ArgumentHelp("How it is sent: protobuf or json.", valueName: "form"))
    var otlpForm: String?

    @Option(name: .customLong("import"), help: ArgumentHelp("A trace to draw and convert.", valueName: "file"))
    var imported: String?

    @OptionGroup var shapes: ShapeOptions

    @Option(help: ArgumentHelp("Fresh processes of each engine and level.", valueName: "number"))
    var processes: Int?

    @Option(help: ArgumentHelp("Rounds within a process, in which all levels take turns.", valueName: "number"))
    var rounds: Int?

    @Option(help: ArgumentHelp("Runs of each level that the timeline shows.", valueName: "number"))
    var shown: Int?

    @Option(
        help: ArgumentHelp(
            "The power that the machine draws, to model energy where no counter tells it.", valueName: "watts"))
    var power: Double?

    @OptionGroup var options: StudyOptions

    func validate() throws {
        guard (model == nil) != (imported == nil) else {
            throw ValidationError(
                model == nil
                    ? "give an ONNX file, a model of the zoo or a spec, or --import with a trace"
                    : "--import takes no model: leave '\(model ?? "")' out")
        }
        if imported != nil {
            try StudyOptions.refuse(
                [
                    ("--levels", levels != nil), ("--shape", shapes.isGiven), ("--processes", processes != nil),
                    ("--rounds", rounds != nil), ("--shown", shown != nil), ("--power", power != nil),
                    ("--engine", options.engine != nil), ("--threads", options.threads != nil),
                    ("--seed", options.seed != nil), ("--out", options.out != nil), ("--json", options.json),
                ], since: "has no effect on --import: leave it out")
        }
        for (option, number) in [("--processes", processes), ("--rounds", rounds), ("--shown", shown)] {
            if let number, !(1...100).contains(number) { throw ValidationError("\(option) \(number): give 1 to 100") }
        }
        if let power, !(power > 0 && power <= 1e6) { throw ValidationError("--power \(power): give watts above 0") }
        if let out = options.out, let format = TimelineFormat(fileName: out), format != .chrome {
            throw ValidationError("--out \(out): it takes the record; give the timeline's file to --timeline")
        }
        _ = try chosenLevels()
        _ = try files()
        _ = try exporter()
        if otlpForm != nil, otlp == nil { throw ValidationError("--otlp-form has no effect without --otlp") }
    }

    func run() async throws {
        if let imported { return try await show(imported) }
        let (spec, folder) = try spec()
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        let result = try await bench.trace(spec, folder: folder)
        line.finish()
        let file = TimelineFile(result.timeline, id: Self.newIdentifier())
        try write(file)
        // The page has the long tables; the terminal has what they come to.
        let long = result.archive.record.exhibits.map(\.name).filter { name in
            ["engines-by-layer", "coverage"].contains(name) || name.hasPrefix("layers-")
        }
        try options.deliver(result.archive, hiding: Set(long))
        try await send(file)
        if result.archive.exitStatus != .done { throw ExitCode(result.archive.exitStatus.rawValue) }
    }

    // MARK: - What was asked

    private func spec() throws -> (spec: TraceSpec, folder: String) {
        let model = model ?? ""
        let isSpec = model.hasSuffix(".yaml") || model.hasSuffix(".yml")
        var spec = TraceSpec()
        if isSpec {
            spec.evaluation = try EvaluateSpec.spec.decode(contentsOf: model).value
        } else {
            spec.evaluation.models = [ModelSpec(model)]
            spec.evaluation.title = "Trace of \(model)"
        }
        let given = try shapes.named()
        for index in spec.evaluation.models.indices { spec.evaluation.models[index].shapes += given }
        if let stacks = try options.stacks() { spec.evaluation.stacks = stacks }
        options.setThreads(of: &spec.evaluation.stacks)
        if let seed = options.seed { spec.evaluation.seed = seed }
        spec.levels = try chosenLevels() ?? spec.levels
        spec.processes = processes ?? spec.processes
        spec.rounds = rounds ?? spec.rounds
        spec.shown = shown ?? spec.shown
        spec.power = power
        return (spec, isSpec ? URL(fileURLWithPath: model).deletingLastPathComponent().path : ".")
    }

    private func chosenLevels() throws -> [Timeline.Level]? {
        try StudyOptions.cases(levels, of: "--levels")
    }

    /// The files of `--timeline` with their formats, checked before anything is measured.
    private func files() throws -> [(path: String, format: TimelineFormat)] {
        try timeline.map { path in
            guard let format = TimelineFormat(fileName: path) else {
                let endings = TimelineFormat.allCases.map(\.endings[0]).joined(separator: ", ")
                throw ValidationError("--timeline \(path): its ending names no format; use one of \(endings)")
            }
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            guard FileManager.default.isWritableFile(atPath: folder) else {
                throw ValidationError("\(path): its folder does not exist or may not be written to; make it first")
            }
            return (path, format)
        }
    }

    private func exporter() throws -> OTLPExporter? {
        guard let otlp else { return nil }
        guard let form = OTLPExporter.Form(rawValue: otlpForm ?? "protobuf") else {
            throw ValidationError("--otlp-form \(otlpForm ?? ""): it is neither protobuf nor json")
        }
        do throws(ExportError) { return try OTLPExporter(otlp, form: form) } catch {
            throw ValidationError("--otlp \(error)")
        }
    }

    // MARK: - What comes of it

    private func write(_ file: TimelineFile) throws {
        for (path, format) in try files() {
            let bytes = try file.write(as: format)
            do { try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
                throw Failure(
                    .wrongInput, code: "command.unwritable", subject: path, reason: "it cannot be written",
                    remedy: "check that the folder exists and may be written to")
            }
            tell("Timeline: \(path)")
        }
    }

    private func send(_ file: TimelineFile) async throws {
        guard let exporter = try exporter() else { return }
        let message = try await exporter.send(file.collected)
        let spans = file.timeline.spans.count
        tell("Sent: \(spans) spans to \(exporter.endpoint.absoluteString)" + (message.isEmpty ? "" : " (\(message))"))
    }

    private func show(_ path: String) async throws {
        let file = try TimelineFile(try Self.bytes(of: path), subject: path, id: Self.newIdentifier())
        let drawn = try TimelineReport(file.timeline, title: URL(fileURLWithPath: path).lastPathComponent)
        let document = ReportDocument(
            title: drawn.title, subtitle: drawn.summary,
            sections: [.init("Where the time went", exhibits: drawn.exhibits)])
        try write(file)
        if let html = options.html { try StudyOptions.write(HTMLReport().render(document), to: html) }
        if !options.quiet {
            print(TerminalReport().render(document))
            if let html = options.html { print("Report: \(html)") }
        }
        try await send(file)
    }

    private func tell(_ text: String) {
        if !options.json { print(text) }
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        do { return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) } catch {
            throw Failure(
                .wrongInput, code: "command.unreadable", subject: path, reason: "it cannot be read",
                remedy: "give a trace that exists")
        }
    }

    private static func newIdentifier() -> OTLPTraceID {
        var random = SystemRandomNumberGenerator()
        while true { if let id = OTLPTraceID(high: random.next(), low: random.next()) { return id } }
    }
}

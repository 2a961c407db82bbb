import Records
import Reports
import TestKit
import Testing

@Suite("Reports as drawn")
struct GoldenTests {
    static let document = ReportDocument(SampleRecord.record)
    static let hallmark = {
        var hallmark = Hallmark(
            model: "mobilenetv2", digest: SHA256.digest(of: "model"),
            summary: "3.50 M parameters, 600 MFLOP, 13.3 MiB", created: SampleRecord.record.created,
            records: [SampleRecord.record])
        for index in hallmark.lines.indices {
            switch hallmark.lines[index].question {
            case .fast:
                hallmark.lines[index].evidence = [evidence(.fast, "load", "server on native 0.1", note: "")]
                hallmark.lines[index].absent = [
                    .init("a comparison", command: "assay compare mobilenetv2 other.onnx"),
                    .init("the COST of threads", command: "assay cost mobilenetv2 --threads 1,2"),
                ]
            case .why:
                hallmark.lines[index].evidence = [
                    evidence(.why, "trace", "native 0.1", note: "on another machine: Other CPU")
                ]
            default: break
            }
        }
        return hallmark
    }()

    /// What an earlier record says.
    private static func evidence(
        _ question: Question, _ study: String, _ subject: String, note: String
    ) -> Hallmark.Evidence {
        let rate = Metric(
            "load.highest-rate", 120, .itemsPerSecond, interval: Interval(lower: 110, upper: 128, method: "test"),
            count: 900)
        return Hallmark.Evidence(
            study: study, created: SampleRecord.record.created,
            Verdict(
                question, subject: subject,
                question == .fast ? "it keeps 50.0 ms at p99" : "the longest of 66 layers is a",
                .holds, metric: question == .fast ? rate : nil, record: SampleRecord.record.id), note: note)
    }

    @Test("a report on terminals of three widths", arguments: [120, 80, 40])
    func terminal(width: Int) throws {
        let text = TerminalReport(style: TerminalStyle(width: width)).render(Self.document)
        try expectGolden(text, "report-\(width).txt")
    }

    @Test("a hallmark on terminals of two widths", arguments: [100, 40])
    func terminalHallmark(width: Int) throws {
        let text = TerminalReport(style: TerminalStyle(width: width)).render(Self.hallmark)
        try expectGolden(text, "hallmark-\(width).txt")
    }

    @Test("a report as a page")
    func page() throws {
        try expectGolden(HTMLReport().render(Self.document), "report.html")
    }

    @Test("a hallmark as a page")
    func hallmarkPage() throws {
        try expectGolden(HTMLReport { "\($0).html" }.render(Self.hallmark), "hallmark.html")
    }
}

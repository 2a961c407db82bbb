import Records
import Reports
import TestKit
import Testing

@Suite("Reports as drawn")
struct GoldenTests {
    static let document = ReportDocument(SampleRecord.record)
    static let hallmark = Hallmark(
        model: "mobilenetv2", digest: SHA256.digest(of: "model"), summary: "3.50 M parameters, 600 MFLOP, 13.3 MiB",
        created: SampleRecord.record.created, records: [SampleRecord.record])

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

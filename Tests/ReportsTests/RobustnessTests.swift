import Foundation
import Records
import Reports
import TestKit
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Reports of anything")
struct RobustnessTests {
    /// A text that does harm wherever it is not escaped.
    static let hostile = "</title></style><script>alert(1)</script>\"'&\u{1b}[31m\u{0}\u{202e}]]>"

    static var hostileRecord: Record {
        var record = SampleRecord.record
        let text = hostile
        record.title = text
        record.study = text
        record.tool = text
        record.notes = [text]
        record.spec = [text: .string(text)]
        record.machine.processor = text
        record.ingredients = [
            Ingredient(.init(rawValue: text), name: text, digest: SHA256.digest(of: "x"), origin: text, licence: text)
        ]
        record.metrics = [
            Metric(text, 1, MetricUnit(rawValue: text), labels: [text: text]),
            Metric(text, unavailable: text, unit: .bytes),
        ]
        record.outcomes = [Outcome(stack: text, .refused(reason: text), labels: [text: text], log: text)]
        record.verdicts = [Verdict(.fast, subject: text, text, .holds, record: record.id)]
        let axis = Axis(text, MetricUnit(rawValue: text))
        let contents: [Exhibit.Content] = [
            .table(
                Table(
                    columns: [.init(text), .init(text)], rows: [[.text(text), .missing(text)], [.state(.fails, text)]])),
            .bars(
                BarChart(
                    categories: [text], axis: axis, series: [.init(text, [Quantity(1, axis.unit)]), .init(text, [])],
                    references: [Reference(text, at: 1)])),
            .lines(
                LineChart(x: axis, y: axis, series: [.init(text, [.init(1, 2), .init(2, 3)]), .init(text, [])])),
            .distribution(
                DistributionChart(axis: axis, series: [.init(text, samples: [1, 2, 3]), .init(text, samples: [])])),
            .heatMap(
                HeatMap(rows: [text], rowTitle: text, columns: [text], columnTitle: text, axis: axis, values: [[1]])),
            .images(ImageGrid([.init(text, details: [text], state: .fails, encoding: .png, data: Data([1]))])),
            .timeline(TimelineChart(lanes: [.init(text, [.init(text, kind: text, start: 0, duration: 1)])])),
            .flame(FlameGraph(frames: [.init(text, kind: text, depth: 0, start: 0, value: 1, details: text)])),
        ]
        record.exhibits = contents.map { Exhibit(text, title: text, caption: text, $0) }
        return record
    }

    @Test("no text gets out of its place in a page")
    func pagesEscape() throws {
        let record = Self.hostileRecord
        let hallmark = Hallmark(model: Self.hostile, summary: Self.hostile, created: record.created, records: [record])
        for page in [HTMLReport().render(ReportDocument(record)), HTMLReport().render(hallmark)] {
            #expect(!page.contains("<script"))
            #expect(!page.contains("\u{1b}") && !page.contains("\u{0}") && !page.contains("\u{202e}"))
            #expect(try Self.parse(page) > 20)
        }
    }

    @Test("links to anything but pages are left out")
    func links() {
        let hallmark = Hallmark(model: "m", records: [SampleRecord.record])
        #expect(!HTMLReport { _ in "javascript:alert(1)" }.render(hallmark).contains("href"))
        #expect(
            HTMLReport { "records/\($0).html" }.render(hallmark).contains(
                "href=\"records/20260729-101112-4f3a9c.html\""))
    }

    @Test("no text steers the terminal, and no line is wider than it", arguments: [20, 33, 50, 80, 100, 133, 200])
    func terminal(width: Int) {
        let renderer = TerminalReport(style: TerminalStyle(width: width))
        for record in [SampleRecord.record, Self.hostileRecord] {
            let hallmark = Hallmark(model: record.title, created: record.created, records: [record])
            for text in [renderer.render(ReportDocument(record)), renderer.render(hallmark)] {
                #expect(!text.contains("\u{1b}") && !text.contains("\u{0}"))
                let widest = text.split(separator: "\n").map(\.count).max() ?? 0
                #expect(widest <= width, "\(text.split(separator: "\n").first { $0.count > width } ?? "")")
            }
        }
    }

    @Test("colours come and go with the style, and change nothing else")
    func colors() {
        let plain = TerminalReport(style: TerminalStyle(width: 90)).render(GoldenTests.document)
        let colored = TerminalReport(style: TerminalStyle(width: 90, usesColor: true)).render(GoldenTests.document)
        #expect(colored.contains("\u{1b}[32m✓\u{1b}[0m"))
        let bare = colored.replacing(/\u{1b}\[[0-9]+m/, with: "")
        func trimmed(_ text: String) -> [String] {
            text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                String(line.reversed().drop { $0 == " " }.reversed())
            }
        }
        #expect(trimmed(bare) == trimmed(plain))
    }

    @Test("numbers of any size and charts of any shape are drawn, and pages stay well-formed")
    func extremes() throws {
        let numbers: [Double] = [
            0, -0.0, 1, -1, 1e300, -1e300, 1.7e308, -1.7e308, .leastNonzeroMagnitude, .infinity, -.infinity, .nan,
        ]
        var sets: [[Double]] = [[], numbers, [3, 3, 3]]
        for left in numbers { for right in numbers { sets.append([left, right]) } }
        let axes = [
            Axis("a", .nanoseconds), Axis("a", .fraction), Axis("a", .number, scale: .logarithmic),
            Axis("a", .bytes, scale: .logarithmic),
        ]
        for axis in axes {
            let exhibits = sets.flatMap { Self.charts($0, axis) }
            let document = ReportDocument(title: "t", sections: [.init("s", exhibits: exhibits)])
            let page = HTMLReport().render(document)
            #expect(try Self.parse(page) > 100)
            #expect(!page.contains("=\"nan\"") && !page.contains("=\"inf\""))
            _ = TerminalReport(style: TerminalStyle(width: 60)).render(document)
        }
    }

    private static func charts(_ values: [Double], _ axis: Axis) -> [Exhibit] {
        let points = values.map { LineChart.Point($0, $0, lower: $0 - 1, upper: $0 + 1) }
        let bars = values.map { value -> Quantity? in
            value == 3
                ? nil
                : Quantity(
                    value, axis.unit, interval: Interval(lower: value / 2, upper: value * 2, method: "m"), count: 1)
        }
        let contents: [Exhibit.Content] = [
            .bars(BarChart(categories: values.map { "c \($0)" }, axis: axis, series: [.init("s", bars)])),
            .lines(LineChart(x: axis, y: axis, series: [.init("s", points), .init("t", points, style: .steps)])),
            .distribution(DistributionChart(axis: axis, series: [.init("s", samples: values)])),
            .distribution(DistributionChart(axis: axis, series: [.init("s", samples: values)], style: .cumulative)),
            .heatMap(
                HeatMap(
                    rows: ["r"], columns: values.map { "c \($0)" }, axis: axis, values: [values], center: values.last)
            ),
            .timeline(
                TimelineChart(axis: axis, lanes: [.init("l", values.map { .init("n", start: $0, duration: $0) })])),
            .flame(
                FlameGraph(
                    axis: axis,
                    frames: values.map {
                        .init(
                            "n", depth: Int(clamping: Int64($0.isFinite ? max(-9, min(9, $0)) : 1e9)), start: $0,
                            value: $0)
                    })),
        ]
        return contents.enumerated().map { Exhibit("e\($0.offset)", title: "e", $0.element) }
    }

    /// The number of elements of a page that is well-formed XML; an error where it is not.
    private static func parse(_ page: String) throws -> Int {
        final class Counter: NSObject, XMLParserDelegate {
            var elements = 0
            func parser(
                _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
                qualifiedName qName: String?, attributes attributeDict: [String: String]
            ) { elements += 1 }
        }
        let parser = XMLParser(data: Data(page.utf8))
        let counter = Counter()
        parser.delegate = counter
        guard parser.parse() else {
            throw RecordError(
                .malformed, subject: "page, line \(parser.lineNumber)",
                reason: parser.parserError?.localizedDescription ?? "not well-formed")
        }
        return counter.elements
    }
}

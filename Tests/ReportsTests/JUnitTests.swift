import Foundation
import Records
import Reports
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The XML of checks, read back by a parser and held to the elements and attributes that the JUnit schema knows.
@Suite struct JUnitTests {
    /// A document as elements with their attributes and text.
    private final class Reader: NSObject, XMLParserDelegate {
        struct Element {
            var name: String
            var attributes: [String: String]
            var text = ""
            var depth: Int
            var parent: String
        }

        var elements: [Element] = []
        private var open: [Int] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            let parent = open.last.map { elements[$0].name } ?? ""
            elements.append(Element(name: name, attributes: attributes, depth: open.count, parent: parent))
            open.append(elements.count - 1)
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            if let last = open.last { elements[last].text += text }
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) { open.removeLast() }
    }

    private func read(_ report: JUnitReport) throws -> [Reader.Element] {
        let reader = Reader()
        let parser = XMLParser(data: Data(report.xml.utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))\n\(report.xml)")
        return reader.elements
    }

    private let nasty = "a<b>&\"quoted\" 'single' ]]> \u{1}\u{FFFF} ü 漢 😀 tab\tline\nend"

    private func report(failsUndecided: Bool) -> JUnitReport {
        JUnitReport(
            name: "assay gate: \(nasty)", created: Timestamp(milliseconds: 1_790_000_000_123),
            cases: [
                .init(group: "native 0.1", name: "latency.p99 <= 1.05", state: .holds, message: "1.01 [1.00, 1.02]"),
                .init(group: nasty, name: nasty, state: .fails, message: nasty),
                .init(group: "c", name: "d", state: .unknown, message: "cannot tell"),
            ], failsUndecided: failsUndecided)
    }

    /// Parents, and required and further attributes, of the elements of the schema that Jenkins publishes (junit-10.xsd).
    private static let schema: [String: (parent: String, required: Set<String>, optional: Set<String>)] = [
        "testsuites": ("", ["name", "tests", "failures"], ["errors", "skipped", "time", "disabled"]),
        "testsuite": ("testsuites", ["name", "tests", "failures", "errors", "skipped", "time", "timestamp"], []),
        "testcase": ("testsuite", ["name", "classname", "time"], []),
        "failure": ("testcase", ["message", "type"], []), "skipped": ("testcase", ["message"], []),
        "system-out": ("testcase", [], []),
    ]

    @Test(arguments: [true, false]) func documentsKeepTheSchema(failsUndecided: Bool) throws {
        let elements = try read(report(failsUndecided: failsUndecided))
        for element in elements {
            let rule = try #require(Self.schema[element.name], "\(element.name)")
            #expect(element.parent == rule.parent)
            let keys = Set(element.attributes.keys)
            #expect(keys.isSuperset(of: rule.required) && keys.isSubset(of: rule.required.union(rule.optional)))
        }
        let suite = try #require(elements.first { $0.name == "testsuite" })
        let cases = elements.filter { $0.name == "testcase" }.count
        #expect(suite.attributes["tests"] == String(cases) && cases == 3)
        let failures = elements.filter { $0.name == "failure" }.count
        #expect(suite.attributes["failures"] == String(failures) && failures == (failsUndecided ? 2 : 1))
        #expect(suite.attributes["skipped"] == String(elements.filter { $0.name == "skipped" }.count))
        let moment = try #require(suite.attributes["timestamp"])
        #expect(moment.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/) != nil, "\(moment)")
    }

    @Test func textsComeBack() throws {
        let elements = try read(report(failsUndecided: true))
        let failed = try #require(elements.first { $0.name == "failure" })
        // What XML cannot carry is replaced, and nothing else.
        let carried = nasty.replacing("\u{1}", with: "\u{FFFD}").replacing("\u{FFFF}", with: "\u{FFFD}")
        #expect(failed.attributes["message"] == carried && failed.text == carried)
        #expect(elements.first { $0.name == "testsuite" }?.attributes["name"] == "assay gate: \(carried)")
    }

    @Test func noChecksAreADocumentToo() throws {
        let elements = try read(JUnitReport(name: "none", created: Timestamp(milliseconds: 0), cases: []))
        #expect(elements.map(\.name) == ["testsuites", "testsuite"])
    }
}

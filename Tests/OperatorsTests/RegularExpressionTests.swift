import Foundation
import Graphs
import Operators
import Tensors
import Testing

/// `RegexFullMatch` against what RE2 itself says (`Scripts/make-regex-fixtures.py`).
@Suite struct RegularExpressionTests {
    private struct Case: Decodable {
        let pattern: String
        let texts: [String: Bool]?
    }

    private struct File: Decodable { let cases: [Case] }

    private static let cases = Result {
        let url = try #require(Bundle.module.url(forResource: "Goldens/regular-expressions", withExtension: "json"))
        return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
    }

    private func matches(_ pattern: String, _ texts: [String]) throws -> [Bool] {
        let target = try #require(OperatorCatalogue.standard.find(domain: "", name: "RegexFullMatch"))
        let input = Value.tensor(try Tensor(strings: texts, shape: [texts.count]))
        let node = Node(
            "RegexFullMatch", inputs: ["x"], outputs: ["y"], attributes: [Attribute("pattern", .string(pattern))])
        let site = CallSite(node: node, opset: 20, operands: [.init(type: input.type)])
        let call = Call(site: site, inputs: [input]) { _, _ in [] }
        return try #require(try target.evaluate(call).first?.tensor).values(of: Bool.self)
    }

    @Test func theGoldensAreRead() throws {
        let cases = try Self.cases.get()
        #expect(cases.count == 700)
        #expect(cases.contains { $0.texts == nil } && cases.contains { $0.texts?.values.contains(true) == true })
    }

    @Test func wholeMatchesAreRE2s() throws {
        for known in try Self.cases.get() {
            guard let texts = known.texts else { continue }
            let order = texts.keys.sorted()
            do {
                let found = try matches(known.pattern, order)
                for (text, isMatch) in zip(order, found) {
                    #expect(isMatch == texts[text], "\(known.pattern.debugDescription) on \(text.debugDescription)")
                }
            } catch { Issue.record("\(known.pattern.debugDescription): \(error)") }
        }
    }

    @Test func whatRE2RefusesIsRefused() throws {
        for known in try Self.cases.get() where known.texts == nil {
            #expect(throws: OperatorError.self, "\(known.pattern.debugDescription)") {
                try matches(known.pattern, ["a"])
            }
        }
    }

    /// Backtracking would take 2²⁸ steps.
    @Test func timeIsProportionalToTheText() throws {
        let text = String(repeating: "a", count: 28)
        #expect(try matches("(a?){28}a{28}", [text, text + "b"]) == [true, false])
        #expect(try matches("(a*)*b", [text]) == [false])
    }

    @Test func sizeIsBounded() {
        #expect(throws: OperatorError.self) { try matches("((a{1000}){1000}){1000}", ["a"]) }
        let deep = String(repeating: "(", count: 5000) + String(repeating: ")", count: 5000)
        #expect(throws: OperatorError.self) { try matches(deep, ["a"]) }
    }
}

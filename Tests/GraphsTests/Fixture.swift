import Foundation
import Graphs
import TestKit
import Testing

/// The ONNX files that Scripts/make-graph-fixtures.py wrote, with what the onnx package reads in them.
struct Fixture: Decodable, Sendable {
    static let names = ["elements-raw", "elements-typed", "external", "subgraphs", "functions", "kinds"]

    /// One constant as the onnx package reads it.
    struct Constant: Decodable, Sendable {
        let name: String
        let type: String
        let shape: [Int]
        let values: [Element]
    }

    /// One element: a number, text, or a complex number.
    enum Element: Decodable, Sendable {
        case number(Double)
        case text(String)
        case pair([Double])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .pair(try container.decode([Double].self))
            }
        }
    }

    let ir: Int
    let opsets: [String: Int]
    let inputs: [String]
    let outputs: [String]
    let operators: [String: Int]
    let functions: Int
    let initializers: [Constant]
    let inlined: [String: Int]?

    static func path(_ name: String) -> String { testFolder("Fixtures").appendingPathComponent("\(name).onnx").path }

    static func model(_ name: String) throws -> Model { try Model(contentsOf: path(name)) }

    static func expectation(_ name: String) throws -> Fixture {
        let data = try Data(contentsOf: testFolder("Fixtures").appendingPathComponent("expectations.json"))
        return try #require(try JSONDecoder().decode([String: Fixture].self, from: data)[name])
    }
}

/// How often each operator or function is called, subgraphs included.
func operatorCounts(_ nodes: [Node]) -> [String: Int] {
    var counts: [String: Int] = [:]
    for node in nodes {
        counts[(node.domain.isEmpty ? "" : node.domain + ".") + node.operatorType, default: 0] += 1
        for graph in node.subgraphs { counts.merge(operatorCounts(graph.nodes)) { $0 + $1 } }
    }
    return counts
}

import Foundation
import Graphs
import Operators
import Tensors
import Testing

/// `Einsum` against `numpy.einsum`, whose results are stored.
@Suite struct EinsumTests {
    private struct Golden: Decodable {
        struct Case: Decodable {
            let equation: String
            let shapes: [[Int]]
            let shape: [Int]
            let values: [Double]
        }
        let cases: [Case]
    }

    private func run(_ equation: String, _ operands: [Tensor]) throws -> Tensor? {
        let names = operands.indices.map { "x\($0)" }
        let node = Node(
            "Einsum", inputs: names, outputs: ["y"], attributes: [Attribute("equation", .string(equation))])
        let model = Model(
            opsets: ["": 12],
            graph: Graph(
                name: "main", nodes: [node], inputs: names.map { ValueInfo($0) }, outputs: [ValueInfo("y")]))
        let inputs = Dictionary(uniqueKeysWithValues: zip(names, operands.map(Value.tensor)))
        return try PreparedInterpreter(model).run(values: inputs)["y"]?.tensor
    }

    @Test func equationsGiveWhatNumpyGives() throws {
        let url = try #require(Bundle.module.url(forResource: "Goldens/einsum-numpy", withExtension: "json"))
        let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        #expect(golden.cases.count == 14)
        for each in golden.cases {
            let operands = try each.shapes.enumerated().map { number, shape in
                let shape = Shape(shape)
                let values = (0..<shape.elementCount).map { Double((7 * $0 + 3 * number) % 11 - 5) }
                return try Tensor(values, shape: shape)
            }
            let result = try #require(try run(each.equation, operands), "\(each.equation)")
            #expect(result.shape == Shape(each.shape), "\(each.equation)")
            // Sums of small integers are exact in any order.
            #expect(try result.values(of: Double.self) == each.values, "\(each.equation)")
        }
    }

    @Test(arguments: ["ij,jk->ik", "i->ij", "i->ii", "i1->i", "i->...->i", "......i->i", "ij", ""])
    func equationsThatSayNothingAreRefused(equation: String) throws {
        let vector = Tensor([1.0, 2.0])
        do {
            _ = try run(equation, [vector])
            Issue.record("'\(equation)' of a vector was computed")
        } catch let error as OperatorError {
            #expect(error.code == .attribute)
        }
    }
}

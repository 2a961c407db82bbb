import Foundation
import Graphs
import Operators
import Tensors
import Testing

@Suite struct CostTests {
    /// A convolution's weights as zeros.
    private func zeros(_ name: String, _ shape: Shape) throws -> Initializer {
        Initializer(name: name, tensor: try Tensor([Float](repeating: 0, count: shape.elementCount), shape: shape))
    }

    @Test func aLinearLayerCostsTwoOperationsAWeight() throws {
        let graph = Graph(
            nodes: [Node("Gemm", inputs: ["x", "w", "b"], outputs: ["y"])],
            inputs: [ValueInfo("x", .tensor(.float32, [.symbol("batch"), .fixed(100)]))], outputs: [ValueInfo("y")],
            initializers: [try zeros("w", [100, 10]), try zeros("b", [10])])
        let cost = try ModelCost(Model(graph: graph), shapes: ["x": [.fixed(1), .fixed(100)]])
        #expect(cost.total.operations == 2 * 1000 + 10)
        #expect(cost.parameters == 1010)
        #expect(cost.parameterBytes == 4040)
        #expect(cost.total.bytesRead == Double(4 * (100 + 1010)))
        #expect(cost.total.bytesWritten == 40)
        #expect(cost.isComplete)
        let four = try ModelCost(Model(graph: graph), shapes: ["x": [.fixed(4), .fixed(100)]])
        #expect(four.total.operations == 4 * cost.total.operations)
        #expect(try !ModelCost(Model(graph: graph)).isComplete, "a symbolic batch leaves the count open")
    }

    @Test func aLoopCostsItsBodyTimesItsIterations() throws {
        let body = Graph(
            nodes: [
                Node("MatMul", inputs: ["v", "m"], outputs: ["next"]), Node("Identity", inputs: ["c"], outputs: ["d"]),
            ], inputs: [ValueInfo("i"), ValueInfo("c"), ValueInfo("v")], outputs: [ValueInfo("d"), ValueInfo("next")])
        let graph = Graph(
            nodes: [
                Node("Loop", inputs: ["n", "", "v0"], outputs: ["v1"], attributes: [Attribute("body", .graph(body))])
            ], inputs: [ValueInfo("v0", .tensor(.float32, [.fixed(1), .fixed(8)]))], outputs: [ValueInfo("v1")],
            initializers: [try zeros("m", [8, 8]), Initializer(name: "n", tensor: Tensor(scalar: Int64(5)))])
        let cost = try ModelCost(Model(graph: graph))
        #expect(cost.multiplyAdds == 5 * 64)
    }
}

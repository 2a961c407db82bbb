import Graphs
import Studies
import Tensors
import Testing

/// Changing the batch of small graphs whose right answer is known.
@Suite struct BatchRewriteTests {
    /// Relu, then a reshape to `target`.
    private func model(input: [Int], target: [Int64], output: [Int]) throws -> Model {
        Model(
            opsets: ["": 13],
            graph: Graph(
                name: "g",
                nodes: [
                    Node("Relu", inputs: ["x"], outputs: ["r"]),
                    Node("Reshape", inputs: ["r", "shape"], outputs: ["y"]),
                ],
                inputs: [ValueInfo("x", .tensor(.float32, SymbolicShape(Shape(input))))],
                outputs: [ValueInfo("y", .tensor(.float32, SymbolicShape(Shape(output))))],
                initializers: [Initializer(name: "shape", tensor: try Tensor(target, shape: [target.count]))]))
    }

    @Test(arguments: [[1, 6], [1, -1], [-1, 6], [0, 6]] as [[Int64]])
    func reshapesFollow(target: [Int64]) throws {
        let model = try model(input: [1, 2, 3], target: target, output: [1, 6])
        let rewritten = try BatchRewrite.rebatched(model, to: 8)
        #expect(rewritten.graph.inputs.map(\.type) == [.tensor(.float32, [.fixed(8), .fixed(2), .fixed(3)])])
        #expect(rewritten.graph.outputs.map(\.type) == [.tensor(.float32, [.fixed(8), .fixed(6)])])
        let first = try #require(rewritten.graph.initializer("shape")).values(of: Int64.self)[0]
        #expect(first == (target[0] == 1 ? 8 : target[0]))
    }

    @Test func anOutputWithoutTheBatchIsAnObstacle() throws {
        let model = try model(input: [1, 2, 3], target: [-1], output: [6])
        #expect(throws: BatchRewrite.Obstacle.self) { try BatchRewrite.rebatched(model, to: 8) }
    }

    @Test func inputsOfDifferentBatchesAreAnObstacle() throws {
        var model = try model(input: [1, 2, 3], target: [1, 6], output: [1, 6])
        model.graph.inputs.append(ValueInfo("z", .tensor(.float32, [.fixed(2), .fixed(3)])))
        #expect(throws: BatchRewrite.Obstacle.self) { try BatchRewrite.rebatched(model, to: 8) }
    }
}

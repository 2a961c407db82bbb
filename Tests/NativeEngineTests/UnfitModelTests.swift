import Engines
import Graphs
import NativeEngine
import Tensors
import Testing

/// Models whose operands fit no result, or one that no memory holds: refused, where a kernel would read or write beyond.
@Suite struct UnfitModelTests {
    private static let most = Int(Int64.max)

    private static let nodes: [(node: Node, constants: [String: Tensor])] = {
        let ints = { (numbers: [Int]) in Tensor(numbers.map(Int64.init)) }
        let image = Tensor([Float](repeating: 1, count: 3 * 3 * 3 * 3))
        let weights = (try? image.reshaped(to: [3, 3, 3, 3])) ?? image
        return [
            (Node("Conv", inputs: ["x", "w", "b"], outputs: ["y"]), ["w": weights, "b": Tensor([Float(1)])]),
            (Node("ConvTranspose", inputs: ["x", "w", "b"], outputs: ["y"]), ["w": weights, "b": Tensor([Float(1)])]),
            (
                Node(
                    "Conv", inputs: ["x", "w"], outputs: ["y"],
                    attributes: [Attribute("dilations", .ints([most, most]))]),
                ["w": weights]
            ),
            (
                Node(
                    "ConvTranspose", inputs: ["x", "w"], outputs: ["y"],
                    attributes: [Attribute("strides", .ints([most, most]))]), ["w": weights]
            ),
            (Node("Expand", inputs: ["x", "s"], outputs: ["y"]), ["s": ints([1 << 40, 1 << 40, 1, 1, 1, 1])]),
            (Node("Tile", inputs: ["x", "s"], outputs: ["y"]), ["s": ints([1 << 40, 1 << 40, 1, 1])]),
            (Node("Pad", inputs: ["x", "s"], outputs: ["y"]), ["s": ints([0, 0, most, most, 0, 0, most, most])]),
        ]
    }()

    @Test(arguments: Installed.engines, nodes.indices) func whatFitsNoResultIsRefused(
        variant: Installed.Variant, index: Int
    ) throws {
        let (node, constants) = Self.nodes[index]
        var graph = Graph(
            name: "refusal", inputs: [ValueInfo("x", .tensor(.float32, [.fixed(1), .fixed(3), .fixed(7), .fixed(7)]))],
            outputs: [ValueInfo("y")])
        graph.initializers = constants.map { Initializer(name: $0.key, tensor: $0.value) }
        graph.nodes = [node]
        let source = ModelSource(
            name: "refusal", bytes: try Model(opsets: ["": 18], graph: graph).serialized(), directory: nil,
            isOriginal: false)
        let input = try Tensor([Float](repeating: 1, count: 3 * 7 * 7)).reshaped(to: [1, 3, 7, 7])
        #expect(throws: (any Error).self) {
            let session = try variant.engine().prepare(source, options: EngineOptions()).makeSession()
            try session.run([input], into: OutputSlots(count: 1))
        }
    }
}

import Engines
import Graphs
import TestKit
import Tensors
import Testing

/// Constants without elements, which stand for operands that are left out.
@Suite struct EmptyConstantTests {
    @Test(arguments: Installed.engines) func resizesWithAnEmptyRegion(variant: Installed.Variant) throws {
        var graph = Graph(
            name: "doubled", inputs: [ValueInfo("x", .tensor(.float32, SymbolicShape([1, 1, 2, 2] as Shape)))],
            outputs: [ValueInfo("y"), ValueInfo("region")])
        graph.initializers = [
            Initializer(name: "region", tensor: Tensor([Float]())),
            Initializer(name: "scales", tensor: Tensor([1, 1, 2, 2] as [Float])),
        ]
        graph.nodes = [
            Node("Relu", inputs: ["x"], outputs: ["r"]),
            Node("Resize", inputs: ["r", "region", "scales"], outputs: ["y"]),
        ]
        let source = ModelSource(
            name: "doubled", bytes: try Model(opsets: ["": 13], graph: graph).serialized(), directory: nil,
            isOriginal: false)
        let session = try variant.engine().prepare(source, options: EngineOptions()).makeSession()
        let slots = OutputSlots(count: 2)
        try session.run([try Tensor([-1, 2, 3, 4] as [Float], shape: [1, 1, 2, 2])], into: slots)
        let doubled: [Float] = [0, 0, 2, 2, 0, 0, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]
        #expect(try slots.snapshot() == [try Tensor(doubled, shape: [1, 1, 4, 4]), Tensor([Float]())])
    }
}

import Engines
import Graphs
import Operators
import TestKit
import Tensors
import Testing

/// Models that no plan can be made for, node by node on oneDNN, against the reference interpreter.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct InterpretedTests {
    /// A convolution with the function after it, whose non-zeros keep the model from being compiled.
    @Test(arguments: ["Relu", "HardSwish", "Sigmoid"], [false, true])
    func convolutionsApplyTheFunctionThatAloneReadsThem(function: String, isReadTwice: Bool) throws {
        var generator = SplitMix64(seed: 11)
        var graph = Graph(
            name: "interpreted",
            inputs: [ValueInfo("x", .tensor(.float32, [.symbol("N"), .fixed(4), .fixed(9), .fixed(9)]))],
            outputs: [ValueInfo("y"), ValueInfo("n")] + (isReadTwice ? [ValueInfo("c")] : []))
        graph.initializers = [
            Initializer(name: "w", tensor: try Tensor.random(.float32, [8, 4, 3, 3], using: &generator, in: -1...1)),
            Initializer(name: "b", tensor: try Tensor.random(.float32, [8], using: &generator, in: -1...1)),
        ]
        graph.nodes = [
            Node("Conv", inputs: ["x", "w", "b"], outputs: ["c"]), Node(function, inputs: ["c"], outputs: ["y"]),
            Node("NonZero", inputs: ["y"], outputs: ["n"]),
        ]
        let model = Model(opsets: ["": 17], graph: graph)
        let source = ModelSource(
            name: "interpreted", bytes: try model.serialized(), directory: nil, isOriginal: false)
        let session = try Installed.engine().prepare(source, options: EngineOptions()).makeSession()
        let slots = OutputSlots(count: graph.outputs.count)
        // No image at all is left to the reference kernels, the function included.
        for count in [1, 3, 0, 1] {
            let input = try Tensor.random(.float32, Shape([count, 4, 9, 9]), using: &generator, in: -1...1)
            try session.run([input], into: slots)
            let expected = try ReferenceInterpreter().run(model, inputs: ["x": input])
            for (output, tensor) in zip(graph.outputs, try slots.snapshot()) {
                let reference = try #require(expected[output.name]?.tensor)
                expectAgreement(tensor, reference, .agreement(1e-5), "\(function), \(count) images, \(output.name)")
            }
        }
    }
}

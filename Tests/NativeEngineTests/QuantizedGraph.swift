import Engines
import Graphs
import NativeEngine
import Operators
import TestKit
import Tensors

/// A random quantised graph in the making, and its run on the engine and on the reference interpreter.
struct QuantizedGraph {
    var graph: Graph
    var generator: SplitMix64
    let seed: UInt64
    var opset = 17

    init(seed: UInt64, data: [Int], outputs: [String] = ["y"]) {
        self.seed = seed
        generator = SplitMix64(seed: seed)
        graph = Graph(
            name: "quantised", inputs: [ValueInfo("x", .tensor(.float32, SymbolicShape(Shape(data))))],
            outputs: outputs.map { ValueInfo($0) })
    }

    mutating func pick(_ range: ClosedRange<Int>) -> Int { generator.integer(in: range) }

    /// Adds a constant.
    mutating func constant(_ name: String, _ tensor: Tensor) {
        graph.initializers.append(Initializer(name: name, tensor: tensor))
    }

    /// Adds random bytes.
    mutating func bytes(_ name: String, _ shape: [Int], isSigned: Bool) throws {
        let count = shape.reduce(1, *)
        let shape = Shape(shape)
        if isSigned {
            constant(name, try Tensor((0..<count).map { _ in Int8(pick(-127...127)) }, shape: shape))
        } else {
            constant(name, try Tensor((0..<count).map { _ in UInt8(pick(0...255)) }, shape: shape))
        }
    }

    /// Adds a zero point of a type.
    mutating func zero(_ name: String, _ value: Int, isSigned: Bool) {
        constant(name, isSigned ? Tensor(scalar: Int8(value)) : Tensor(scalar: UInt8(value)))
    }

    mutating func scales(_ name: String, _ shape: [Int], around scale: Float) throws {
        constant(
            name,
            try Tensor((0..<shape.reduce(1, *)).map { _ in scale * Float(pick(60...140)) / 100 }, shape: Shape(shape)))
    }

    mutating func add(
        _ operation: String, _ inputs: [String], _ output: String, _ attributes: [Attribute] = []
    ) {
        graph.nodes.append(Node(operation, inputs: inputs, outputs: [output], attributes: attributes))
    }

    /// Runs both on random input.
    mutating func run(
        _ options: EngineOptions = EngineOptions()
    ) throws -> (engine: [Tensor], reference: [Tensor]) {
        let model = Model(opsets: ["": opset], graph: graph)
        let source = ModelSource(
            name: "seed \(seed)", bytes: try model.serialized(), directory: nil, isOriginal: false)
        guard case .tensor(_, let symbolic?)? = graph.inputs[0].type, let shape = symbolic.shape else {
            throw EngineError(.invalidInput, subject: "x", reason: "a test graph fixes its shapes")
        }
        let input = try Tensor.random(.float32, shape, using: &generator, in: -1...1)
        let expected = try ReferenceInterpreter().run(model, inputs: ["x": input])
        let session = try Installed.engine().prepare(source, options: options).makeSession()
        let slots = OutputSlots(count: graph.outputs.count)
        for _ in 0..<2 { try session.run([input], into: slots) }
        return (try slots.snapshot(), graph.outputs.compactMap { expected[$0.name]?.tensor })
    }
}

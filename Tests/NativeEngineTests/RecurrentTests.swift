import Engines
import Graphs
import NativeEngine
import Operators
import TestKit
import Tensors
import Testing

/// Recurrent networks on vector kernels against the reference kernels, on each instruction set that the machine has.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct RecurrentTests {
    /// One node of random form with random operands, fed or constant.
    private static func model(seed: UInt64) throws -> (model: Model, inputs: [Tensor]) {
        var generator = SplitMix64(seed: seed)
        let pick = { (range: ClosedRange<Int>) in Int(generator.integer(in: range)) }
        let (name, gates) = [("LSTM", 4), ("GRU", 3), ("RNN", 1)][pick(0...2)]
        let (steps, batch, inputs, hidden) = (pick(1...6), pick(1...9), pick(1...9), pick(1...40))
        let (layout, directions) = (pick(0...1), pick(1...2))
        var attributes = [Attribute("hidden_size", .int(hidden)), Attribute("layout", .int(layout))]
        let direction = directions == 2 ? "bidirectional" : ["forward", "reverse"][pick(0...1)]
        attributes.append(Attribute("direction", .string(direction)))
        if name == "GRU" { attributes.append(Attribute("linear_before_reset", .int(pick(0...1)))) }
        if name == "RNN", pick(0...1) == 1 {
            let functions = [String](repeating: "Relu", count: directions)
            attributes.append(Attribute("activations", .strings(functions.map { .init(copying: $0.utf8) })))
        }
        let state = layout == 1 ? [batch, directions, hidden] : [directions, batch, hidden]
        let operands: [(name: String, extents: [Int])] = [
            ("x", layout == 1 ? [batch, steps, inputs] : [steps, batch, inputs]),
            ("w", [directions, gates * hidden, inputs]), ("r", [directions, gates * hidden, hidden]),
            ("b", pick(0...3) == 0 ? [] : [directions, 2 * gates * hidden]), ("", []),
            ("h", pick(0...1) == 0 ? [] : state), ("c", name == "LSTM" && pick(0...1) == 0 ? state : []),
        ]
        let weightsAreFed = pick(0...3) == 0
        var graph = Graph(name: name, inputs: [], outputs: [])
        var fed: [Tensor] = []
        for (operand, extents) in operands where !extents.isEmpty {
            let tensor = try Tensor.random(.float32, Shape(extents), using: &generator, in: -0.5...0.5)
            if "wrb".contains(operand), !weightsAreFed {
                graph.initializers.append(Initializer(name: operand, tensor: tensor))
            } else {
                graph.inputs.append(ValueInfo(operand, .tensor(.float32, SymbolicShape(tensor.shape))))
                fed.append(tensor)
            }
        }
        let outputs = ["y", "yh", "yc"].prefix(name == "LSTM" ? 3 : 2)
        graph.outputs = outputs.map { ValueInfo($0) }
        graph.nodes = [
            Node(
                name, inputs: operands.prefix(name == "LSTM" ? 7 : 6).map { $0.extents.isEmpty ? "" : $0.name },
                outputs: Array(outputs),
                attributes: attributes)
        ]
        return (Model(opsets: ["": 14], graph: graph), fed)
    }

    private static func run(
        _ model: Model, _ inputs: [Tensor], _ set: VectorSet, threads: Int = 1
    ) throws -> [Tensor] {
        let engine = try Installed.engine(set)
        let source = ModelSource(name: "test", bytes: try model.serialized(), directory: nil, isOriginal: false)
        let session = try engine.prepare(source, options: EngineOptions(threads: threads)).makeSession()
        let slots = OutputSlots(count: model.graph.outputs.count)
        for _ in 0..<2 { try session.run(inputs, into: slots) }
        return try slots.snapshot()
    }

    @Test(arguments: VectorSet.available, 0..<25 as Range<UInt64>) func networksOfAnyForm(
        set: VectorSet, seed: UInt64
    ) throws {
        let (model, inputs) = try Self.model(seed: seed)
        let named = zip(model.graph.inputs, inputs).map { ($0.name, $1) }
        let expected = try ReferenceInterpreter().run(model, inputs: Dictionary(uniqueKeysWithValues: named))
        let outputs = try Self.run(model, inputs, set)
        for (info, output) in zip(model.graph.outputs, outputs) {
            let reference = try #require(expected[info.name]?.tensor)
            expectAgreement(
                output, reference, .agreement(2e-5), "\(set), seed \(seed), \(info.name), \(model.graph.nodes)")
        }
    }

    /// Large enough that directions and sequences are shared out.
    @Test(arguments: ["forward", "bidirectional"]) func threadsChangeNoBit(direction: String) throws {
        var generator = SplitMix64(seed: 7)
        let (steps, batch, inputs, hidden) = (8, 5, 31, 96)
        let directions = direction == "forward" ? 1 : 2
        var graph = Graph(
            name: "threads",
            inputs: [ValueInfo("x", .tensor(.float32, SymbolicShape([steps, batch, inputs])))],
            outputs: [ValueInfo("y"), ValueInfo("yh"), ValueInfo("yc")])
        for (name, extents) in [("w", [directions, 4 * hidden, inputs]), ("r", [directions, 4 * hidden, hidden])] {
            let tensor = try Tensor.random(.float32, Shape(extents), using: &generator, in: -0.2...0.2)
            graph.initializers.append(Initializer(name: name, tensor: tensor))
        }
        graph.nodes = [
            Node(
                "LSTM", inputs: ["x", "w", "r"], outputs: ["y", "yh", "yc"],
                attributes: [Attribute("hidden_size", .int(hidden)), Attribute("direction", .string(direction))])
        ]
        let model = Model(opsets: ["": 14], graph: graph)
        let input = try Tensor.random(.float32, [steps, batch, inputs], using: &generator)
        let set = try #require(VectorSet.available.last)
        let alone = try Self.run(model, [input], set)
        for threads in [1, 2, 4] { #expect(try Self.run(model, [input], set, threads: threads) == alone) }
    }

    @Test(arguments: VectorSet.available) func statesMayBeDenormalInfiniteOrNoNumber(set: VectorSet) throws {
        var graph = Graph(
            name: "odd", inputs: [ValueInfo("x", .tensor(.float32, SymbolicShape([1, 5, 1])))],
            outputs: [ValueInfo("y"), ValueInfo("yh")])
        graph.initializers = [
            Initializer(name: "w", tensor: try Tensor([Float(1)]).reshaped(to: [1, 1, 1])),
            Initializer(name: "r", tensor: try Tensor([Float(1)]).reshaped(to: [1, 1, 1])),
        ]
        graph.nodes = [
            Node(
                "RNN", inputs: ["x", "w", "r"], outputs: ["y", "yh"], attributes: [Attribute("hidden_size", .int(1))])
        ]
        let values: [Float] = [.nan, .infinity, -.infinity, 1e-30, -90]
        let input = try Tensor(values).reshaped(to: [1, 5, 1])
        let output = try Self.run(Model(opsets: ["": 14], graph: graph), [input], set)[1]
        let results = try output.values(of: Float.self)
        #expect(results[0].isNaN && results[1] == 1 && results[2] == -1 && results[3] == 1e-30 && results[4] == -1)
    }
}

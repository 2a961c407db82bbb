import Engines
import Graphs
import NativeEngine
import Operators
import TestKit
import Tensors
import Testing

/// Movements of elements of every width, against the reference kernels, bit for bit.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct MovementTests {
    private static let types: [ElementType] = [.float32, .int64, .uint8, .float16, .bool]

    /// Runs one node on both; all operands but the first are constant.
    private static func compare(
        _ node: Node, _ type: ElementType, _ shape: [Int], constants: [String: Tensor] = [:], seed: UInt64
    ) throws {
        var generator = SplitMix64(seed: seed)
        var graph = Graph(
            name: "movement", inputs: [ValueInfo("x", .tensor(type, SymbolicShape(Shape(shape))))],
            outputs: node.outputs.map { ValueInfo($0) })
        graph.initializers = constants.map { Initializer(name: $0.key, tensor: $0.value) }
        graph.nodes = [node]
        let model = Model(opsets: ["": 18], graph: graph)
        let numbers = try Tensor.random(.float32, Shape(shape), using: &generator)
        let input = try numbers.converted(to: type)
        let expected = try ReferenceInterpreter().run(model, inputs: ["x": input])
        let source = ModelSource(name: "test", bytes: try model.serialized(), directory: nil, isOriginal: false)
        for threads in [1, 2] {
            let session = try Installed.engine().prepare(source, options: EngineOptions(threads: threads)).makeSession()
            let slots = OutputSlots(count: node.outputs.count)
            try session.run([input], into: slots)
            for (name, output) in zip(node.outputs, try slots.snapshot()) {
                #expect(output == expected[name]?.tensor, "seed \(seed), \(type), \(shape), \(node)")
            }
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>) func permutationsOfAnyRank(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let rank = generator.integer(in: 2...5)
        let shape = (0..<rank).map { _ in generator.integer(in: 1...(rank < 4 ? 41 : 9)) }
        let permutation = generator.shuffled(Array(0..<rank))
        try Self.compare(
            Node("Transpose", inputs: ["x"], outputs: ["y"], attributes: [Attribute("perm", .ints(permutation))]),
            Self.types[Int(seed) % Self.types.count], shape, seed: seed)
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func slicesOfAnyStep(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let shape = (0..<3).map { _ in generator.integer(in: 3...17) }
        let steps = (0..<3).map { _ in [1, 2, 3, -1, -2][generator.integer(in: 0...4)] }
        let starts = steps.enumerated().map { $1 > 0 ? generator.integer(in: 0...1) : shape[$0] - 1 }
        let ends = steps.enumerated().map { $1 > 0 ? shape[$0] - generator.integer(in: 0...1) : -shape[$0] - 1 }
        let integers = { (values: [Int]) in Tensor(values.map(Int64.init)) }
        try Self.compare(
            Node("Slice", inputs: ["x", "s", "e", "a", "t"], outputs: ["y"]), Self.types[Int(seed) % Self.types.count],
            shape,
            constants: ["s": integers(starts), "e": integers(ends), "a": integers([0, 1, 2]), "t": integers(steps)],
            seed: seed)
    }

    @Test(arguments: types) func piecesComeApartAndTogether(type: ElementType) throws {
        let integers = { (values: [Int]) in Tensor(values.map(Int64.init)) }
        for axis in 0..<3 {
            let attribute = Attribute("axis", .int(axis))
            try Self.compare(
                Node("Split", inputs: ["x", "n"], outputs: ["a", "b", "c"], attributes: [attribute]), type, [9, 9, 9],
                constants: ["n": integers([1, 5, 3])], seed: 1)
            try Self.compare(
                Node("Concat", inputs: ["x", "x", "x"], outputs: ["y"], attributes: [attribute]), type, [3, 5, 7],
                seed: 2)
            try Self.compare(
                Node("Gather", inputs: ["x", "i"], outputs: ["y"], attributes: [attribute]), type, [4, 5, 6],
                constants: ["i": try integers([0, -1, 2, 1]).reshaped(to: [2, 2])], seed: 3)
            try Self.compare(
                Node("GatherElements", inputs: ["x", "i"], outputs: ["y"], attributes: [attribute]), type, [2, 2, 2],
                constants: ["i": try integers([0, 1, 1, 0, -1, 0, 1, -2]).reshaped(to: [2, 2, 2])], seed: 4)
        }
    }

    /// Every mode around and within every axis, more than once round where it is short.
    @Test(arguments: ["constant", "reflect", "edge", "wrap"], 0..<20 as Range<UInt64>) func paddedInAnyMode(
        mode: String, seed: UInt64
    ) throws {
        var generator = SplitMix64(seed: seed)
        let shape = (0..<3).map { _ in generator.integer(in: 1...9) }
        let pads = (0..<6).map { max(1 - (shape[$0 % 3] + 1) / 2, generator.integer(in: -2...7)) }
        try Self.compare(
            Node("Pad", inputs: ["x", "p"], outputs: ["y"], attributes: [Attribute("mode", .string(mode))]),
            Self.types[Int(seed) % Self.types.count], shape, constants: ["p": Tensor(pads.map(Int64.init))],
            seed: seed)
    }

    @Test(arguments: types) func stretchedRepeatedAndPadded(type: ElementType) throws {
        let integers = { (values: [Int]) in Tensor(values.map(Int64.init)) }
        try Self.compare(
            Node("Expand", inputs: ["x", "s"], outputs: ["y"]), type, [3, 1, 5],
            constants: ["s": integers([2, 1, 7, 1])], seed: 1)
        try Self.compare(
            Node("Tile", inputs: ["x", "r"], outputs: ["y"]), type, [3, 2, 5], constants: ["r": integers([2, 3, 1])],
            seed: 2)
        try Self.compare(
            Node("Pad", inputs: ["x", "p"], outputs: ["y"]), type, [3, 4, 5],
            constants: ["p": integers([1, 0, -1, 0, 2, 3])], seed: 3)
        let one = try Tensor([Float(1)]).reshaped(to: []).converted(to: type)
        try Self.compare(
            Node("Pad", inputs: ["x", "p", "v"], outputs: ["y"]), type, [3, 4, 5],
            constants: ["p": integers([0, 1, 2, 3, 0, 1]), "v": one], seed: 4)
        for mode in ["DCR", "CRD"] {
            try Self.compare(
                Node(
                    "DepthToSpace", inputs: ["x"], outputs: ["y"],
                    attributes: [
                        Attribute("blocksize", .int(2)), Attribute("mode", .string(.init(copying: mode.utf8))),
                    ]), type, [2, 12, 3, 5], seed: 5)
        }
        try Self.compare(
            Node("SpaceToDepth", inputs: ["x"], outputs: ["y"], attributes: [Attribute("blocksize", .int(3))]), type,
            [2, 2, 6, 9], seed: 6)
    }

    @Test func anIndexOutOfBoundsIsRefused() throws {
        var graph = Graph(
            name: "bad", inputs: [ValueInfo("i", .tensor(.int64, [.fixed(2)]))], outputs: [ValueInfo("y")])
        graph.initializers = [Initializer(name: "x", tensor: Tensor([Float(1), 2, 3]))]
        graph.nodes = [Node("Gather", inputs: ["x", "i"], outputs: ["y"])]
        let source = ModelSource(
            name: "bad", bytes: try Model(opsets: ["": 18], graph: graph).serialized(), directory: nil,
            isOriginal: false)
        let session = try Installed.engine().prepare(source, options: EngineOptions()).makeSession()
        let slots = OutputSlots(count: 1)
        try session.run([Tensor([Int64(2), -3])], into: slots)
        for bad in [Int64(3), -4, .min, .max] {
            #expect(throws: EngineError.self) { try session.run([Tensor([Int64(0), bad])], into: slots) }
        }
    }
}

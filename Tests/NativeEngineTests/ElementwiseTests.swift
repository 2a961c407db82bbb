import Engines
import Graphs
import NativeEngine
import Operators
import TestKit
import Tensors
import Testing

/// Element-wise kernels on each instruction set that the machine has, against the reference kernels.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct ElementwiseTests {
    private static func compare(
        _ nodes: [Node], _ inputs: [(name: String, tensor: Tensor)], _ set: VectorSet,
        tolerance: Tolerance = .elementwise(absolute: 2e-6, relative: 3e-6, nanEqualsNaN: true),
        threads: Int = 1
    ) throws {
        var graph = Graph(
            name: "elementwise",
            inputs: inputs.map { ValueInfo($0.name, .tensor($0.tensor.elementType, SymbolicShape($0.tensor.shape))) },
            outputs: [ValueInfo("y")])
        graph.nodes = nodes
        let model = Model(opsets: ["": 20], graph: graph)
        let expected = try #require(
            try ReferenceInterpreter().run(model, inputs: Dictionary(uniqueKeysWithValues: inputs.map { ($0, $1) }))[
                "y"]?.tensor)
        let source = ModelSource(name: "test", bytes: try model.serialized(), directory: nil, isOriginal: false)
        let engine = try Installed.engine(set)
        let options = EngineOptions(threads: threads, flushDenormals: false)
        let session = try engine.prepare(source, options: options).makeSession()
        let slots = OutputSlots(count: 1)
        try session.run(inputs.map(\.tensor), into: slots)
        expectAgreement(
            try slots.snapshot()[0], expected, tolerance, "\(set), \(nodes)")
    }

    private static let functions = [
        "Relu", "LeakyRelu", "Elu", "Celu", "Selu", "Sigmoid", "Tanh", "Exp", "Log", "Sqrt", "Abs", "Neg", "Softplus",
        "Softsign", "Erf", "HardSwish", "HardSigmoid", "Gelu", "Mish", "Sign", "Floor", "Ceil", "Round", "Reciprocal",
        "Sin", "Cos",
    ]

    /// Every magnitude that an `f32` can have, and what is none.
    private static let odd: [Float] = [
        0, -0.0, .leastNonzeroMagnitude, -.leastNormalMagnitude / 3, 1.2e-38, 1e-20, 0.1, -0.3, 0.5, 0.625, 0.93, -0.94,
        1.5, -2.5, 3, -3, 7, 20, -20, 60,
        -87,
        87.5, -100, 1000, -5000, 8191, 9000, 1e10, -1e20, 3e38, .infinity, -.infinity, .nan,
    ]

    @Test(arguments: VectorSet.available, functions) func oddNumbersComeOutRight(set: VectorSet, function: String)
        throws
    {
        // What leaves the range of f32 on its way is not compared.
        let values = function == "Exp" ? Self.odd.filter { !($0 > 80) || $0 == .infinity } : Self.odd
        try Self.compare([Node(function, inputs: ["x"], outputs: ["y"])], [("x", Tensor(values))], set)
    }

    @Test(arguments: VectorSet.available, functions) func manyNumbersAgree(set: VectorSet, function: String) throws {
        var generator = SplitMix64(seed: 3)
        let low = ["Log", "Sqrt"].contains(function) ? 0.0 : -9.0
        let input = try Tensor.random(.float32, [3, 1237], using: &generator, in: low...9)
        try Self.compare([Node(function, inputs: ["x"], outputs: ["y"])], [("x", input)], set)
    }

    @Test(arguments: VectorSet.available, 0..<12 as Range<UInt64>) func operandsStretch(
        set: VectorSet, seed: UInt64
    ) throws {
        var generator = SplitMix64(seed: seed)
        let whole = (0..<4).map { _ in generator.integer(in: 1...6) }
        let stretched = { (generator: inout SplitMix64) in
            Shape(
                Array(whole.map { generator.integer(in: 0...1) == 0 ? 1 : $0 }.dropFirst(generator.integer(in: 0...2))))
        }
        let (a, b) = (stretched(&generator), stretched(&generator))
        for type in [ElementType.float32, .int64, .int32, .float64] {
            let left = try Tensor.random(.float32, a, using: &generator, in: -50...50).converted(to: type)
            let right = try Tensor.random(.float32, b, using: &generator, in: 1...9).converted(to: type)
            for name in ["Add", "Sub", "Mul", "Div", "Max", "Min", "Equal", "Less", "LessOrEqual", "Greater"] {
                try Self.compare(
                    [Node(name, inputs: ["a", "b"], outputs: ["y"])], [("a", left), ("b", right)], set)
            }
            let condition = try Tensor.random(.float32, stretched(&generator), using: &generator, in: -1...1)
                .converted(to: .int32).converted(to: .bool)
            try Self.compare(
                [Node("Where", inputs: ["c", "a", "b"], outputs: ["y"])],
                [("c", condition), ("a", left), ("b", right)], set)
        }
    }

    @Test(arguments: VectorSet.available) func conversionsFollowTheStandard(set: VectorSet) throws {
        let values: [Float] = [0, -0.5, 1.75, -1.75, 127.5, 300, -300, 1e10, -1e20, .infinity, -.infinity, .nan, 65504]
        let types: [ElementType] = [.float32, .float64, .int64, .int32, .int8, .uint8, .bool, .float16]
        for from in types {
            let input = try Tensor(values).converted(to: from)
            for to in types where to != from {
                let attribute = Attribute("to", .int(Int(to.rawValue)))
                try Self.compare(
                    [Node("Cast", inputs: ["x"], outputs: ["y"], attributes: [attribute])], [("x", input)], set,
                    tolerance: .elementwise(absolute: 0, relative: 0, nanEqualsNaN: true))
            }
        }
    }

    @Test(arguments: VectorSet.available, [1, 2]) func chainsAreOnePass(set: VectorSet, threads: Int) throws {
        var generator = SplitMix64(seed: 5)
        let shape: Shape = [7, 9973]
        let inputs = [
            ("a", try Tensor.random(.float32, shape, using: &generator)),
            ("b", try Tensor.random(.float32, shape, using: &generator)),
            ("c", try Tensor.random(.float32, [1], using: &generator)),
        ]
        try Self.compare(
            [
                Node("Sub", inputs: ["a", "b"], outputs: ["s"]), Node("Tanh", inputs: ["s"], outputs: ["t"]),
                Node("Mul", inputs: ["t", "c"], outputs: ["m"]), Node("Add", inputs: ["b", "m"], outputs: ["n"]),
                Node("Sigmoid", inputs: ["n"], outputs: ["y"]),
            ], inputs, set, threads: threads)
    }

    @Test func aDivisorOfZeroIsRefused() throws {
        var graph = Graph(
            name: "zero",
            inputs: ["a", "b"].map { ValueInfo($0, .tensor(.int64, [.fixed(2)])) }, outputs: [ValueInfo("y")])
        graph.nodes = [Node("Div", inputs: ["a", "b"], outputs: ["y"])]
        let source = ModelSource(
            name: "zero", bytes: try Model(opsets: ["": 20], graph: graph).serialized(), directory: nil,
            isOriginal: false)
        let session = try Installed.engine().prepare(source, options: EngineOptions()).makeSession()
        let slots = OutputSlots(count: 1)
        try session.run([Tensor([Int64.min, 7]), Tensor([Int64(-1), -2])], into: slots)
        #expect(try slots.snapshot()[0] == Tensor([Int64.min, -3]))
        #expect(throws: EngineError.self) {
            try session.run([Tensor([Int64(1), 2]), Tensor([Int64(1), 0])], into: slots)
        }
    }
}

import Engines
import Graphs
import NativeEngine
import Operators
import TestKit
import Tensors
import Testing

/// oneDNN's kernels against the reference kernels on random geometries, in chains that keep layouts between kernels.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct KernelTests {
    /// Runs a graph on both, twice, with the same random inputs.
    private static func compare(_ graph: Graph, seed: UInt64, optimization: EngineOptions.Optimization = .all) throws {
        let model = Model(opsets: ["": 17], graph: graph)
        let source = ModelSource(
            name: "seed \(seed)", bytes: try model.serialized(), directory: nil, isOriginal: false)
        var generator = SplitMix64(seed: seed)
        let inputs = try graph.inputs.map { info in
            guard case .tensor(let type, let shape?)? = info.type, let shape = shape.shape else {
                throw EngineError(.invalidInput, subject: info.name, reason: "a test graph fixes its shapes")
            }
            return (info.name, try Tensor.random(type, shape, using: &generator))
        }
        let expected = try ReferenceInterpreter().run(model, inputs: Dictionary(uniqueKeysWithValues: inputs))
        let prepared = try Installed.engine().prepare(source, options: EngineOptions(optimization: optimization))
        let session = try prepared.makeSession()
        let slots = OutputSlots(count: graph.outputs.count)
        for _ in 0..<2 { try session.run(inputs.map(\.1), into: slots) }
        for (info, output) in zip(graph.outputs, try slots.snapshot()) {
            let reference = try #require(expected[info.name]?.tensor)
            expectAgreement(output, reference, .agreement(2e-5), "seed \(seed), \(info.name), \(graph.nodes)")
        }
    }

    private static func input(_ name: String, _ shape: [Int]) -> ValueInfo {
        ValueInfo(name, .tensor(.float32, SymbolicShape(Shape(shape))))
    }

    private static func weights(_ name: String, _ shape: [Int], _ generator: inout SplitMix64) throws -> Initializer {
        Initializer(
            name: name, tensor: try Tensor.random(.float32, Shape(shape), using: &generator, in: -1...1))
    }

    @Test(arguments: 0..<40 as Range<UInt64>) func convolutionsOfAnyGeometry(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let pick = { (range: ClosedRange<Int>) in Int(generator.integer(in: range)) }
        let rank = pick(1...3)
        let groups = pick(1...3)
        let (inputs, results) = (groups * pick(1...20), groups * pick(1...20))
        let kernel = (0..<rank).map { _ in pick(1...3) }
        let dilations = (0..<rank).map { _ in pick(1...2) }
        let attributes = [
            Attribute("group", .int(groups)), Attribute("strides", .ints((0..<rank).map { _ in pick(1...2) })),
            Attribute("dilations", .ints(dilations)), Attribute("pads", .ints((0..<2 * rank).map { _ in pick(0...2) })),
        ]
        let data = [pick(1...2), inputs] + (0..<rank).map { _ in pick(6...9) }
        let hasBias = pick(0...1) == 1
        var graph = Graph(
            name: "convolution", inputs: [Self.input("x", data)], outputs: [ValueInfo("y"), ValueInfo("z")])
        graph.initializers = [try Self.weights("w", [results, inputs / groups] + kernel, &generator)]
        if hasBias { graph.initializers.append(try Self.weights("b", [results], &generator)) }
        graph.nodes = [
            Node("Conv", inputs: ["x", "w"] + (hasBias ? ["b"] : []), outputs: ["c"], attributes: attributes),
            Node("Relu", inputs: ["c"], outputs: ["r"]),
            Node("Add", inputs: ["r", "c"], outputs: ["y"]),
            // Reads the result as it lies, and a part of it that no primitive reads.
            Node("Flatten", inputs: ["r"], outputs: ["z"]),
        ]
        try Self.compare(graph, seed: seed, optimization: seed % 4 == 0 ? .none : .all)
    }

    /// Branches joined by channels, of each width that blocks and vectors do not divide, nested as dense networks do.
    @Test(arguments: 0..<20 as Range<UInt64>) func joinedBranchesAgree(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let pick = { (range: ClosedRange<Int>) in Int(generator.integer(in: range)) }
        let (batch, size) = (pick(1...3), pick(3...9))
        var channels = pick(3...40)
        var graph = Graph(
            name: "branches", inputs: [Self.input("x", [batch, channels, size, size])], outputs: [])
        var trunk = "x"
        for level in 0..<3 {
            var parts = pick(0...1) == 0 ? [trunk] : []
            var width = parts.isEmpty ? 0 : channels
            for branch in 0..<pick(1...3) {
                let (name, results, kernel) = ("b\(level)_\(branch)", pick(1...35), pick(0...1) * 2 + 1)
                graph.initializers.append(
                    try Self.weights("w" + name, [results, channels, kernel, kernel], &generator))
                graph.nodes.append(
                    Node(
                        "Conv", inputs: [trunk, "w" + name], outputs: [name],
                        attributes: [Attribute("pads", .ints([Int](repeating: kernel / 2, count: 4)))]))
                graph.nodes.append(Node("Relu", inputs: [name], outputs: [name + "r"]))
                parts.append(name + "r")
                width += results
                // A part that another node reads as well.
                if pick(0...2) == 0 {
                    graph.nodes.append(Node("Neg", inputs: [name + "r"], outputs: ["s" + name]))
                    graph.outputs.append(ValueInfo("s" + name))
                }
            }
            if pick(0...2) == 0 {
                graph.nodes.append(
                    Node(
                        "MaxPool", inputs: [trunk], outputs: ["p\(level)"],
                        attributes: [
                            Attribute("kernel_shape", .ints([3, 3])), Attribute("pads", .ints([1, 1, 1, 1])),
                        ]))
                parts.append("p\(level)")
                width += channels
            }
            graph.nodes.append(
                Node("Concat", inputs: parts, outputs: ["c\(level)"], attributes: [Attribute("axis", .int(1))]))
            (trunk, channels) = ("c\(level)", width)
        }
        graph.nodes.append(Node("Abs", inputs: [trunk], outputs: ["y"]))
        graph.outputs.append(ValueInfo("y"))
        try Self.compare(graph, seed: seed)
    }

    /// Layers as transformers have them: a product with a constant matrix, a bias, a residual, an activation.
    @Test(arguments: 0..<20 as Range<UInt64>) func layersOfManyRowsAgree(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let pick = { (range: ClosedRange<Int>) in Int(generator.integer(in: range)) }
        let (batch, rows, inputs, outputs) = (pick(1...3), pick(1...40), pick(1...70), pick(1...70))
        var graph = Graph(
            name: "layer",
            inputs: [Self.input("x", [batch, rows, inputs]), Self.input("r", [batch, rows, outputs])],
            outputs: [ValueInfo("y"), ValueInfo("z")])
        graph.initializers = [
            try Self.weights("w", [inputs, outputs], &generator), try Self.weights("b", [outputs], &generator),
            try Self.weights("v", [outputs, outputs], &generator),
        ]
        let isBiasFirst = pick(0...1) == 0
        graph.nodes = [
            Node("MatMul", inputs: ["x", "w"], outputs: ["p"]),
            Node("Add", inputs: isBiasFirst ? ["p", "b"] : ["r", "p"], outputs: ["q"]),
            Node("Add", inputs: isBiasFirst ? ["r", "q"] : ["q", "b"], outputs: ["s"]),
            Node(pick(0...1) == 0 ? "Relu" : "Tanh", inputs: ["s"], outputs: ["y"]),
            Node("MatMul", inputs: ["y", "v"], outputs: ["z"]),
        ]
        try Self.compare(graph, seed: seed)
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func transposedConvolutionsOfAnyGeometry(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let pick = { (range: ClosedRange<Int>) in Int(generator.integer(in: range)) }
        let rank = pick(1...2)
        let groups = pick(1...2)
        let (inputs, results) = (groups * pick(1...9), pick(1...9))
        let strides = (0..<rank).map { _ in pick(1...3) }
        let attributes = [
            Attribute("group", .int(groups)), Attribute("strides", .ints(strides)),
            Attribute("pads", .ints((0..<2 * rank).map { _ in pick(0...1) })),
            Attribute("output_padding", .ints(strides.map { pick(0...$0 - 1) })),
        ]
        var graph = Graph(
            name: "transposed", inputs: [Self.input("x", [pick(1...2), inputs] + (0..<rank).map { _ in pick(3...6) })],
            outputs: [ValueInfo("y")])
        graph.initializers = [
            try Self.weights("w", [inputs, results] + (0..<rank).map { _ in pick(2...4) }, &generator),
            try Self.weights("b", [results * groups], &generator),
        ]
        graph.nodes = [Node("ConvTranspose", inputs: ["x", "w", "b"], outputs: ["y"], attributes: attributes)]
        try Self.compare(graph, seed: seed)
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func matrixProductsOfAnyBatch(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let pick = { (range: ClosedRange<Int>) in Int(generator.integer(in: range)) }
        let (m, k, n) = (pick(1...9), pick(1...20), pick(1...20))
        let batch = (0..<pick(0...3)).map { _ in pick(1...3) }
        let stretched = { (extents: [Int]) in extents.map { pick(0...1) == 0 ? 1 : $0 } }
        let a = stretched(batch) + [m, k]
        let b = Array(stretched(batch).dropFirst(pick(0...batch.count))) + [k, n]
        var graph = Graph(name: "product", inputs: [Self.input("a", a)], outputs: [ValueInfo("y")])
        if pick(0...1) == 0 {
            graph.inputs.append(Self.input("b", b))
        } else {
            graph.initializers = [try Self.weights("b", b, &generator)]
        }
        graph.nodes = [Node("MatMul", inputs: ["a", "b"], outputs: ["y"])]
        try Self.compare(graph, seed: seed)
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func generalProductsOfAnyForm(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let pick = { (range: ClosedRange<Int>) in Int(generator.integer(in: range)) }
        let (m, k, n) = (pick(1...9), pick(1...20), pick(1...20))
        let (turnsA, turnsB) = (pick(0...1), pick(0...1))
        let addend = [[n], [1, n], [m, 1], [m, n], [1], []][pick(0...5)]
        var graph = Graph(
            name: "general", inputs: [Self.input("a", turnsA == 1 ? [k, m] : [m, k]), Self.input("c", addend)],
            outputs: [ValueInfo("y")])
        graph.initializers = [try Self.weights("b", turnsB == 1 ? [n, k] : [k, n], &generator)]
        graph.nodes = [
            Node(
                "Gemm", inputs: ["a", "b", "c"], outputs: ["y"],
                attributes: [
                    Attribute("transA", .int(turnsA)), Attribute("transB", .int(turnsB)),
                    Attribute("alpha", .float(pick(0...1) == 0 ? 1 : 0.5)),
                    Attribute("beta", .float(pick(0...2) == 0 ? 2 : 1)),
                ])
        ]
        try Self.compare(graph, seed: seed)
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func chainsKeepTheirLayouts(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let pick = { (range: ClosedRange<Int>) in Int(generator.integer(in: range)) }
        let channels = pick(3...40)
        var graph = Graph(
            name: "chain", inputs: [Self.input("x", [pick(1...2), 3, 9, 8])],
            outputs: [ValueInfo("y"), ValueInfo("m"), ValueInfo("t")])
        graph.initializers = [
            try Self.weights("w", [channels, 3, 3, 3], &generator),
            try Self.weights("v", [channels, 1, 3, 3], &generator),
            try Self.weights("s", [channels], &generator), try Self.weights("h", [channels], &generator),
            try Self.weights("e", [1, channels, 1, 1], &generator),
            Initializer(name: "q", tensor: Tensor([Float](repeating: 0.7, count: channels))),
        ]
        let pads = Attribute("pads", .ints([1, 1, 1, 1]))
        graph.nodes = [
            Node("Conv", inputs: ["x", "w"], outputs: ["a"], attributes: [pads]),
            Node("BatchNormalization", inputs: ["a", "s", "h", "s", "q"], outputs: ["b"]),
            Node("HardSwish", inputs: ["b"], outputs: ["c"]),
            Node(
                "Conv", inputs: ["c", "v"], outputs: ["d"], attributes: [Attribute("group", .int(channels)), pads]),
            Node("Mul", inputs: ["d", "e"], outputs: ["f"]),
            Node("Concat", inputs: ["f", "b"], outputs: ["g"], attributes: [Attribute("axis", .int(1))]),
            Node(
                "MaxPool", inputs: ["g"], outputs: ["y"],
                attributes: [Attribute("kernel_shape", .ints([2, 2])), Attribute("strides", .ints([2, 2]))]),
            Node(
                "ReduceMean", inputs: ["g"], outputs: ["m"],
                attributes: [
                    Attribute("axes", .ints([2, 3])), Attribute("keepdims", .int(pick(0...1))),
                ]),
            Node("Transpose", inputs: ["f"], outputs: ["t"], attributes: [Attribute("perm", .ints([0, 2, 3, 1]))]),
        ]
        try Self.compare(graph, seed: seed, optimization: seed % 4 == 0 ? .none : .all)
    }

    @Test(arguments: 0..<12 as Range<UInt64>) func normalisationsAndActivationsJoinTheirConvolution(seed: UInt64) throws
    {
        var generator = SplitMix64(seed: seed)
        let channels = generator.integer(in: 3...40)
        let function = ["Relu", "Sigmoid", "HardSwish", "Tanh", "LeakyRelu", "Elu"][Int(seed) % 6]
        var graph = Graph(
            name: "fused",
            inputs: [ValueInfo("x", .tensor(.float32, [.symbol("N"), .fixed(3), .fixed(9), .fixed(8)]))],
            outputs: [ValueInfo("y")])
        graph.initializers = [
            try Self.weights("w", [channels, 3, 3, 3], &generator),
            try Self.weights("v", [5, channels, 1, 1], &generator),
            try Self.weights("b", [channels], &generator), try Self.weights("s", [channels], &generator),
            try Self.weights("h", [channels], &generator), try Self.weights("m", [channels], &generator),
            Initializer(name: "q", tensor: Tensor((0..<channels).map { 0.5 + Float($0) / 10 })),
            Initializer(name: "low", tensor: Tensor(scalar: Float(-0.5))),
            Initializer(name: "high", tensor: Tensor(scalar: Float(1))),
        ]
        graph.nodes = [
            Node("Conv", inputs: ["x", "w"] + (seed % 2 == 0 ? ["b"] : []), outputs: ["a"]),
            Node("BatchNormalization", inputs: ["a", "s", "h", "m", "q"], outputs: ["n"]),
            Node("Clip", inputs: ["n", "low", "high"], outputs: ["c"]),
            Node("Conv", inputs: ["c", "v"], outputs: ["d"]), Node(function, inputs: ["d"], outputs: ["y"]),
        ]
        let model = Model(opsets: ["": 17], graph: graph)
        let source = ModelSource(
            name: "seed \(seed)", bytes: try model.serialized(), directory: nil, isOriginal: false)
        let session = try Installed.engine().prepare(source, options: EngineOptions()).makeSession()
        let slots = OutputSlots(count: 1)
        // No image at all is computed by the reference kernels, activation included.
        for count in [2, 1, 0, 2] {
            let input = try Tensor.random(.float32, [count, 3, 9, 8], using: &generator)
            try session.run([input], into: slots)
            let expected = try ReferenceInterpreter().run(model, inputs: ["x": input])
            let reference = try #require(expected["y"]?.tensor)
            expectAgreement(try slots.snapshot()[0], reference, .agreement(2e-5), "seed \(seed), \(count) images")
        }
    }

    @Test func threadsAreGrantedAndAgree() throws {
        var generator = SplitMix64(seed: 1)
        var graph = Graph(name: "threads", inputs: [Self.input("x", [1, 32, 30, 30])], outputs: [ValueInfo("y")])
        graph.initializers = [try Self.weights("w", [48, 32, 3, 3], &generator)]
        graph.nodes = [Node("Conv", inputs: ["x", "w"], outputs: ["y"])]
        let model = Model(opsets: ["": 17], graph: graph)
        let source = ModelSource(name: "threads", bytes: try model.serialized(), directory: nil, isOriginal: false)
        let input = try Tensor.random(.float32, [1, 32, 30, 30], using: &generator)
        let reference = try #require(try ReferenceInterpreter().run(model, inputs: ["x": input])["y"]?.tensor)
        for (threads, flush) in [(1, true), (2, true), (2, false), (3, true)] {
            let options = EngineOptions(threads: threads, flushDenormals: flush)
            let prepared = try Installed.engine().prepare(source, options: options)
            #expect(prepared.effectiveOptions.threads == threads)
            let slots = OutputSlots(count: 1)
            try prepared.makeSession().run([input], into: slots)
            expectAgreement(try slots.snapshot()[0], reference, .agreement(2e-5), "\(threads) threads")
        }
        let alone = try Installed.referenceEngine().prepare(source, options: EngineOptions(threads: 2))
        #expect(alone.effectiveOptions.threads == 1)
    }
}

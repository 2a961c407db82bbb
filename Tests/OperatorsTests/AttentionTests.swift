import Graphs
import Operators
import Tensors
import Testing

/// What the node cases of the standard do not show of attention and of the losses.
@Suite struct AttentionTests {
    private func noise(_ shape: Shape, _ seed: UInt64) throws -> Tensor {
        var generator = SplitMix64(seed: seed)
        return try Tensor((0..<shape.elementCount).map { _ in Float(generator.unit() * 2 - 1) }, shape: shape)
    }

    /// A model whose scores are scaled by a factor of 2.5, which the graph of the attribute holds or reads around it.
    private func flexible(readsAround: Bool) -> Model {
        let factor = Initializer(name: "factor", tensor: Tensor(scalar: Float(2.5)))
        let body = Graph(
            name: "scaled", nodes: [Node("Mul", inputs: ["s", "factor"], outputs: ["t"])], inputs: [ValueInfo("s")],
            outputs: [ValueInfo("t")], initializers: readsAround ? [] : [factor])
        let type = ValueType.tensor(.float32, [.fixed(1), .fixed(2), .fixed(3), .fixed(4)])
        let node = Node(
            "FlexAttention", inputs: ["q", "k", "v"], outputs: ["y"],
            attributes: [Attribute("score_mod", .graph(body))],
            domain: "ai.onnx.preview")
        return Model(
            opsets: ["": 20, "ai.onnx.preview": 1],
            graph: Graph(
                name: "main", nodes: [node], inputs: ["q", "k", "v"].map { ValueInfo($0, type) },
                outputs: [ValueInfo("y")], initializers: readsAround ? [factor] : []))
    }

    @Test func graphsThatChangeScoresReadValuesAroundThem() throws {
        let inputs = [
            "q": try noise([1, 2, 3, 4], 1), "k": try noise([1, 2, 3, 4], 2), "v": try noise([1, 2, 3, 4], 3),
        ]
        let held = try ReferenceInterpreter().run(flexible(readsAround: false), inputs: inputs)["y"]
        let read = try ReferenceInterpreter().run(flexible(readsAround: true), inputs: inputs)["y"]
        #expect(held != nil)
        #expect(held == read)
        let target = try #require(OperatorCatalogue.standard.find(domain: "ai.onnx.preview", name: "FlexAttention"))
        let sites = try [false, true].map { around in
            try #require(try ShapeInference().infer(flexible(readsAround: around)).sites.first)
        }
        #expect(try target.pullback(sites[0]) != nil)
        #expect(throws: OperatorError.self) { try target.pullback(sites[1]) }
    }

    /// One token after another with a cache gives what all tokens together give.
    @Test(arguments: [23, 24, 25])
    func stepsWithACacheAgreeWithOnePass(opset: Int) throws {
        let (queries, keys, values) = (
            try noise([1, 4, 5, 2], 1), try noise([1, 2, 5, 2], 2), try noise([1, 2, 5, 2], 3)
        )
        let causal = [Attribute("is_causal", .int(1))]
        let whole = try run(opset, causal, ["q": queries, "k": keys, "v": values])["y"]
        var past = (try Tensor([Float](), shape: [1, 2, 0, 2]), try Tensor([Float](), shape: [1, 2, 0, 2]))
        for token in 0..<5 {
            let outputs = try run(
                opset, causal,
                [
                    "q": try part(queries, token), "k": try part(keys, token), "v": try part(values, token),
                    "pk": past.0, "pv": past.1,
                ])
            past = (try #require(outputs["nk"]), try #require(outputs["nv"]))
            let expected = try part(try #require(whole), token)
            let comparison = TensorComparison(
                try #require(outputs["y"]), reference: expected,
                tolerance: .elementwise(absolute: 1e-6, relative: 1e-6, nanEqualsNaN: false))
            #expect(comparison.agrees, "token \(token): \(comparison.description)")
        }
        #expect(past.0 == keys)
    }

    private func part(_ tensor: Tensor, _ token: Int) throws -> Tensor {
        let shape = tensor.shape
        let values = try tensor.values(of: Float.self)
        let kept = values.indices.filter { $0 / shape[3] % shape[2] == token }.map { values[$0] }
        return try Tensor(kept, shape: [shape[0], shape[1], 1, shape[3]])
    }

    private func run(
        _ opset: Int, _ attributes: [Attribute], _ inputs: [String: Tensor]
    ) throws -> [String: Tensor] {
        let hasPast = inputs["pk"] != nil
        let node = Node(
            "Attention", inputs: ["q", "k", "v"] + (hasPast ? ["", "pk", "pv"] : []), outputs: ["y", "nk", "nv"],
            attributes: attributes)
        let names = ["q", "k", "v"] + (hasPast ? ["pk", "pv"] : [])
        let model = Model(
            opsets: ["": opset],
            graph: Graph(
                name: "main", nodes: [node], inputs: names.map { ValueInfo($0) },
                outputs: ["y", "nk", "nv"].map { ValueInfo($0) }))
        return try ReferenceInterpreter().run(model, inputs: inputs).compactMapValues(\.tensor)
    }

    @Test func labelsOutsideTheClassesAreRefused() throws {
        let node = Node("NegativeLogLikelihoodLoss", inputs: ["x", "t"], outputs: ["y"], name: "loss")
        let model = Model(
            opsets: ["": 13],
            graph: Graph(
                name: "main", nodes: [node], inputs: ["x", "t"].map { ValueInfo($0) }, outputs: [ValueInfo("y")]))
        let scores = try noise([2, 3], 1)
        do {
            _ = try ReferenceInterpreter().run(model, inputs: ["x": scores, "t": Tensor([Int64(0), 3])])
            Issue.record("label 3 of 3 classes was taken")
        } catch {
            #expect(
                error.description
                    == "graph main, node 0 'loss' (NegativeLogLikelihoodLoss): label 3 is none of 3 classes; "
                    + "use labels from 0 on, or name it in attribute 'ignore_index'")
        }
    }

    /// A node finds its body ready where it runs again, and never that of other shapes or lengths.
    @Test func bodiesAreWrittenForWhatTheyAreGiven() throws {
        let attention = Model(
            opsets: ["": 23],
            graph: Graph(
                name: "main",
                nodes: [
                    Node(
                        "Attention", inputs: ["q", "k", "v"], outputs: ["y"],
                        attributes: [Attribute("is_causal", .int(1))])
                ], inputs: ["q", "k", "v"].map { ValueInfo($0) }, outputs: [ValueInfo("y")]))
        let prepared = try PreparedInterpreter(attention)
        for length in [3, 5, 3, 4, 5] {
            let inputs = Dictionary(
                uniqueKeysWithValues: try ["q", "k", "v"].enumerated().map { index, name in
                    (name, Value.tensor(try noise([1, 2, length, 4], UInt64(index + length))))
                })
            let fresh = try PreparedInterpreter(attention).run(values: inputs)
            #expect(try prepared.run(values: inputs) == fresh, "\(length) tokens")
        }
        let transform = Model(
            opsets: ["": 17],
            graph: Graph(
                name: "main", nodes: [Node("STFT", inputs: ["x", "step", "", "length"], outputs: ["y"])],
                inputs: ["x", "step", "length"].map { ValueInfo($0) }, outputs: [ValueInfo("y")]))
        let frames = try PreparedInterpreter(transform)
        for (step, length) in [(2, 8), (4, 8), (2, 4), (2, 8)] {
            let inputs = [
                "x": Value.tensor(try noise([1, 16, 1], 9)), "step": .tensor(Tensor(scalar: Int64(step))),
                "length": .tensor(Tensor(scalar: Int64(length))),
            ]
            let result = try #require(try frames.run(values: inputs)["y"]?.tensor)
            #expect(result.shape == [1, (16 - length) / step + 1, length / 2 + 1, 2])
            #expect(try PreparedInterpreter(transform).run(values: inputs)["y"]?.tensor == result)
        }
    }
}

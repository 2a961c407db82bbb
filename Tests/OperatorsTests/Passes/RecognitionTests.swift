import Graphs
import Operators
import Tensors
import Testing

@Suite struct RecognitionTests {
    private let x: [(String, ValueType)] = [("x", PassCheck.floats(2, 3, 8))]

    private func scalar(_ value: Double) -> Tensor { Tensor(scalar: Float(value)) }

    /// GELU as exporters write it.
    private func gelu(_ root: Double = 2.0.squareRoot(), opset: Int = 20) -> Model {
        PassCheck.model(
            [
                Node("Div", inputs: ["x", "root"], outputs: ["a"]), Node("Erf", inputs: ["a"], outputs: ["b"]),
                Node("Add", inputs: ["b", "one"], outputs: ["c"]), Node("Mul", inputs: ["x", "c"], outputs: ["d"]),
                Node("Mul", inputs: ["d", "half"], outputs: ["y"]),
            ], inputs: x, constants: ["root": scalar(root), "one": scalar(1), "half": scalar(0.5)], opset: opset)
    }

    @Test func geluWithErf() throws {
        let result = try PassCheck.rewrite(gelu(), "gelu")
        #expect(result.operatorTypes == ["Gelu"])
    }

    @Test func whatOnlyLooksLikeGeluStays() throws {
        let model = gelu(1.5)
        #expect(try PassCheck.rewrite(model, "gelu") == model)
    }

    @Test func olderOperatorSetsAreRaisedOnRequestOnly() throws {
        let model = gelu(opset: 17)
        #expect(try PassCheck.rewrite(model, "gelu") == model)
        let raised = try PassCheck.rewrite(model, "gelu", context: PassContext(maximumOpset: 21))
        #expect(raised.operatorTypes == ["Gelu"] && raised.opsets[""] == 20, "no further than is needed")
        let limited = try PassCheck.rewrite(model, "gelu", context: PassContext(maximumOpset: 19))
        #expect(limited == model)
    }

    @Test func operatorSetsAreNotRaisedWhereAnOperatorChangedItsMeaning() throws {
        var model = gelu(opset: 17)
        model.graph.nodes.append(
            Node("ReduceMean", inputs: ["x"], outputs: ["m"], attributes: [Attribute("axes", .ints([-1]))]))
        model.graph.outputs.append(ValueInfo("m"))
        #expect(try PassCheck.rewrite(model, "gelu", context: PassContext(maximumOpset: 24)) == model)
    }

    @Test func operatorSetsAreNotRaisedAboveThoseOfFunctions() throws {
        var model = gelu(opset: 17)
        model.functions = [
            Function(
                domain: "local", name: "Block", inputs: ["a"], outputs: ["b"],
                nodes: [Node("Identity", inputs: ["a"], outputs: ["b"])], opsets: ["": 17])
        ]
        model.opsets["local"] = 1
        model.graph.nodes.append(Node("Block", inputs: ["y"], outputs: ["z"], domain: "local"))
        model.graph.outputs.append(ValueInfo("z"))
        #expect(try PassCheck.rewrite(model, "gelu", context: PassContext(maximumOpset: 24)) == model)
    }

    @Test func geluWithTanh() throws {
        let model = PassCheck.model(
            [
                Node("Pow", inputs: ["x", "three"], outputs: ["a"]), Node("Mul", inputs: ["c", "a"], outputs: ["b"]),
                Node("Add", inputs: ["x", "b"], outputs: ["s"]), Node("Mul", inputs: ["s", "k"], outputs: ["t"]),
                Node("Tanh", inputs: ["t"], outputs: ["u"]), Node("Add", inputs: ["one", "u"], outputs: ["v"]),
                Node("Mul", inputs: ["half", "x"], outputs: ["w"]), Node("Mul", inputs: ["w", "v"], outputs: ["y"]),
            ], inputs: x,
            constants: [
                "three": scalar(3), "c": scalar(0.044715), "k": scalar((2 / Double.pi).squareRoot()), "one": scalar(1),
                "half": scalar(0.5),
            ], opset: 20)
        let result = try PassCheck.rewrite(model, "gelu")
        #expect(result.operatorTypes == ["Gelu"])
        #expect(result.graph.nodes.first?.attribute("approximate") == .string("tanh"))
    }

    /// Layer normalisation as exporters write it.
    private func layerNormalization(axes: [Int], scale: Shape, opset: Int = 17) throws -> Model {
        let mean = { (input: String, output: String) in
            Node("ReduceMean", inputs: [input], outputs: [output], attributes: [Attribute("axes", .ints(axes))])
        }
        return PassCheck.model(
            [
                mean("x", "m"), Node("Sub", inputs: ["x", "m"], outputs: ["d"]),
                Node("Pow", inputs: ["d", "two"], outputs: ["s"]), mean("s", "v"),
                Node("Add", inputs: ["v", "e"], outputs: ["w"]), Node("Sqrt", inputs: ["w"], outputs: ["r"]),
                Node("Div", inputs: ["d", "r"], outputs: ["n"]), Node("Mul", inputs: ["n", "g"], outputs: ["o"]),
                Node("Add", inputs: ["o", "b"], outputs: ["y"]),
            ], inputs: x,
            constants: [
                "two": scalar(2), "e": scalar(1e-5), "g": try PassCheck.noise(scale),
                "b": try PassCheck.noise(scale, seed: 2),
            ], opset: opset)
    }

    @Test func layerNormalisation() throws {
        for (axes, scale) in [([-1], Shape([8])), ([2], [8]), ([1, 2], [3, 8]), ([-2, -1], [1, 8])] {
            let result = try PassCheck.rewrite(try layerNormalization(axes: axes, scale: scale), "layer-normalization")
            #expect(result.operatorTypes == ["LayerNormalization"], "axes \(axes)")
        }
        let squared = try PassCheck.rewrite(try layerNormalization(axes: [-1], scale: [8]))
        #expect(squared.operatorTypes == ["LayerNormalization"], "after the other passes too")
    }

    @Test func otherAxesAndOlderSetsStay() throws {
        for model in [
            try layerNormalization(axes: [1], scale: [3, 1]), try layerNormalization(axes: [-1], scale: [8], opset: 16),
        ] {
            #expect(try PassCheck.rewrite(model, "layer-normalization") == model)
        }
    }

    @Test func rootMeanSquareNormalisation() throws {
        let model = PassCheck.model(
            [
                Node("Mul", inputs: ["x", "x"], outputs: ["s"]),
                Node("ReduceMean", inputs: ["s", "axes"], outputs: ["v"]),
                Node("Add", inputs: ["v", "e"], outputs: ["w"]), Node("Sqrt", inputs: ["w"], outputs: ["r"]),
                Node("Reciprocal", inputs: ["r"], outputs: ["i"]), Node("Mul", inputs: ["x", "i"], outputs: ["n"]),
                Node("Mul", inputs: ["g", "n"], outputs: ["y"]),
            ], inputs: x, constants: ["e": scalar(1e-5), "g": try PassCheck.noise([8]), "axes": Tensor([Int64(-1)])],
            opset: 23)
        #expect(try PassCheck.rewrite(model, "rms-normalization").operatorTypes == ["RMSNormalization"])
        var old = model
        old.opsets = ["": 22]
        #expect(try PassCheck.rewrite(old, "rms-normalization") == old)
    }

    @Test func activations() throws {
        let constants = ["one": scalar(1), "three": scalar(3), "zero": scalar(0), "six": scalar(6), "b": scalar(1.702)]
        let softplus = [
            Node("Exp", inputs: ["x"], outputs: ["a"]), Node("Add", inputs: ["a", "one"], outputs: ["c"]),
            Node("Log", inputs: ["c"], outputs: ["y"]),
        ]
        let hard = [
            Node("Add", inputs: ["x", "three"], outputs: ["a"]),
            Node("Clip", inputs: ["a", "zero", "six"], outputs: ["c"]),
            Node("Mul", inputs: ["x", "c"], outputs: ["d"]), Node("Div", inputs: ["d", "six"], outputs: ["y"]),
        ]
        let swish = [
            Node("Mul", inputs: ["x", "b"], outputs: ["a"]), Node("Sigmoid", inputs: ["a"], outputs: ["c"]),
            Node("Mul", inputs: ["x", "c"], outputs: ["y"]),
        ]
        let mish = [
            Node("Softplus", inputs: ["x"], outputs: ["a"]), Node("Tanh", inputs: ["a"], outputs: ["c"]),
            Node("Mul", inputs: ["c", "x"], outputs: ["y"]),
        ]
        for (nodes, expected) in [(softplus, "Softplus"), (hard, "HardSwish"), (swish, "Swish"), (mish, "Mish")] {
            let model = PassCheck.model(nodes, inputs: x, constants: constants, opset: 24)
            #expect(try PassCheck.rewrite(model, "activations").operatorTypes == [expected])
        }
        let wrong = PassCheck.model(hard, inputs: x, constants: constants.merging(["three": scalar(2)]) { $1 })
        #expect(try PassCheck.rewrite(wrong, "activations") == wrong)
    }

    @Test(
        .enabled(
            if: OperatorCatalogue.standard.find(domain: "", name: "Attention") != nil, "the catalogue has no Attention"),
        arguments: [true, false])
    func attention(isMasked: Bool) throws {
        let scores = isMasked ? "masked" : "scaled"
        let nodes = [
            Node("Transpose", inputs: ["k"], outputs: ["t"], attributes: [Attribute("perm", .ints([0, 2, 3, 1]))]),
            Node("MatMul", inputs: ["q", "t"], outputs: ["s"]), Node("Mul", inputs: ["s", "c"], outputs: ["scaled"]),
            Node("Add", inputs: ["scaled", "mask"], outputs: ["masked"]),
            Node("Softmax", inputs: [scores], outputs: ["p"], attributes: [Attribute("axis", .int(-1))]),
            Node("MatMul", inputs: ["p", "v"], outputs: ["y"]),
        ]
        let model = PassCheck.model(
            nodes.filter { isMasked || $0.operatorType != "Add" },
            inputs: [
                ("q", PassCheck.floats(2, 3, 4, 8)), ("k", PassCheck.floats(2, 5, 3, 8)),
                ("v", PassCheck.floats(2, 3, 5, 6)),
            ], constants: ["c": scalar(0.35), "mask": try PassCheck.noise([4, 5])], opset: 23)
        let result = try PassCheck.rewrite(model, "attention")
        #expect(result.operatorTypes == ["Attention", "Transpose"])
        var old = model
        old.opsets = ["": 22]
        #expect(try PassCheck.rewrite(old, "attention") == old)
    }

    @Test func namesAreKnownAndMistakesAreNamed() throws {
        #expect(throws: OperatorError.self) { try PassCatalogue.standard.choose(only: ["gelus"]) }
        let chosen = try PassCatalogue.standard.choose(without: ["gelu"])
        #expect(chosen.count == PassCatalogue.standard.passes.count - 1)
        let names = PassCatalogue.standard.passes.map(\.name)
        #expect(Set(names).count == names.count)
    }
}

import Graphs
import Operators
import Tensors
import Testing

@Suite struct CleaningTests {
    @Test func deadCodeGoes() throws {
        let inner = Function(
            domain: "local", name: "Unused", inputs: ["a"], outputs: ["b"],
            nodes: [Node("Relu", inputs: ["a"], outputs: ["b"])])
        let model = PassCheck.model(
            [
                Node("Neg", inputs: ["x"], outputs: ["y"]), Node("Add", inputs: ["x", "c"], outputs: ["dead"]),
                Node("Abs", inputs: ["dead"], outputs: ["deader"]),
            ], inputs: [("x", PassCheck.floats(2, 3))], constants: ["c": try PassCheck.noise([3])],
            functions: [inner])
        let result = try PassCheck.rewrite(model, "dead-code")
        #expect(result.operatorTypes == ["Neg"])
        #expect(result.graph.initializers.isEmpty && result.functions.isEmpty && result.opsets == ["": 17])
    }

    @Test func whatIsReadStays() throws {
        let model = PassCheck.model(
            [Node("Add", inputs: ["x", "c"], outputs: ["y"])], inputs: [("x", PassCheck.floats(2, 3))],
            constants: ["c": try PassCheck.noise([3])])
        #expect(try PassCheck.rewrite(model, "dead-code") == model, "a model without dead code is left as it was")
    }

    @Test func whatOnlyABodyReadsStays() throws {
        let branch = { (name: String) in
            Graph(
                name: name, nodes: [Node(name, inputs: ["outer"], outputs: ["r"])], outputs: [ValueInfo("r")])
        }
        let model = PassCheck.model(
            [
                Node("Add", inputs: ["x", "c"], outputs: ["outer"]),
                Node(
                    "If", inputs: ["k"], outputs: ["y"],
                    attributes: [
                        Attribute("then_branch", .graph(branch("Relu"))),
                        Attribute("else_branch", .graph(branch("Neg"))),
                    ]),
            ], inputs: [("x", PassCheck.floats(2, 3)), ("k", .tensor(.bool, []))],
            constants: ["c": try PassCheck.noise([3])])
        #expect(try PassCheck.rewrite(model, "dead-code") == model)
    }

    @Test func nodesThatGiveTheirInputBackGo() throws {
        let model = PassCheck.model(
            [
                Node("Identity", inputs: ["x"], outputs: ["a"]),
                Node("Dropout", inputs: ["a"], outputs: ["b"]),
                Node("Transpose", inputs: ["b"], outputs: ["c"], attributes: [Attribute("perm", .ints([0, 1]))]),
                Node("Cast", inputs: ["c"], outputs: ["d"], attributes: [Attribute("to", .int(1))]),
                Node("Reshape", inputs: ["d", "shape"], outputs: ["e"]),
                Node("Concat", inputs: ["e"], outputs: ["f"], attributes: [Attribute("axis", .int(0))]),
                Node("Relu", inputs: ["f"], outputs: ["g"]), Node("Identity", inputs: ["g"], outputs: ["y"]),
            ], inputs: [("x", PassCheck.floats(2, 3))], constants: ["shape": Tensor([Int64(0), -1])])
        let result = try PassCheck.rewrite(model, "identity-elimination")
        #expect(result.operatorTypes == ["Relu"])
        #expect(result.graph.nodes.first?.outputs == ["y"])
    }

    @Test func nodesThatDoSomethingStay() throws {
        let model = PassCheck.model(
            [
                Node("Transpose", inputs: ["x"], outputs: ["a"], attributes: [Attribute("perm", .ints([1, 0]))]),
                Node("Reshape", inputs: ["a", "shape"], outputs: ["b"]),
                Node("Slice", inputs: ["b", "from", "to", "axis", "step"], outputs: ["c"]),
                Node("Cast", inputs: ["c"], outputs: ["y"], attributes: [Attribute("to", .int(11))]),
            ], inputs: [("x", PassCheck.floats(2, 2))],
            constants: [
                "shape": Tensor([Int64(4), 1]), "from": Tensor([Int64(-1)]), "to": Tensor([Int64(-5)]),
                "axis": Tensor([Int64(0)]), "step": Tensor([Int64(-1)]),
            ])
        #expect(try PassCheck.rewrite(model, "identity-elimination") == model)
    }

    @Test func anInputThatIsAnOutputKeepsItsNode() throws {
        let model = PassCheck.model(
            [Node("Identity", inputs: ["x"], outputs: ["y"])], inputs: [("x", PassCheck.floats(2))])
        #expect(try PassCheck.rewrite(model) == model)
    }

    @Test func trainingDropoutStays() throws {
        let model = PassCheck.model(
            [
                Node(
                    "Dropout", inputs: ["x", "ratio", "mode"], outputs: ["y"], attributes: [Attribute("seed", .int(3))])
            ],
            inputs: [("x", PassCheck.floats(40))],
            constants: ["ratio": Tensor(scalar: Float(0.5)), "mode": Tensor(scalar: true)])
        #expect(try PassCheck.rewrite(model) == model)
    }

    @Test func constantsAreFolded() throws {
        let model = PassCheck.model(
            [
                Node("Add", inputs: ["a", "b"], outputs: ["c"]), Node("Neg", inputs: ["c"], outputs: ["d"]),
                Node("Mul", inputs: ["x", "d"], outputs: ["y"]),
            ], inputs: [("x", PassCheck.floats(2, 3))],
            constants: ["a": try PassCheck.noise([3]), "b": try PassCheck.noise([2, 1], seed: 2)])
        let result = try PassCheck.rewrite(model, "constant-folding", "dead-code")
        #expect(result.operatorTypes == ["Mul"])
        #expect(result.graph.initializers.map(\.name) == ["d"])
    }

    @Test func randomAndQuantisedConstantsAreNotFolded() throws {
        let model = PassCheck.model(
            [
                Node(
                    "DequantizeLinear", inputs: ["q", "s"], outputs: ["w"]),
                Node("Mul", inputs: ["x", "w"], outputs: ["y"]),
                Node(
                    "RandomUniform", inputs: [], outputs: ["z"],
                    attributes: [Attribute("shape", .ints([3])), Attribute("seed", .float(1))]),
            ], inputs: [("x", PassCheck.floats(2, 3))], outputs: ["y", "z"],
            constants: ["q": Tensor([Int8(1), 2, 3]), "s": Tensor(scalar: Float(0.5))])
        #expect(try PassCheck.rewrite(model, "constant-folding") == model)
        var context = PassContext()
        context.foldsQuantization = true
        let result = try PassCheck.rewrite(model, "constant-folding", "dead-code", context: context)
        #expect(result.operatorTypes == ["Mul", "RandomUniform"])
        #expect(try result.graph.initializers.map { try $0.tensor.floats() } == [[0.5, 1, 1.5]])
    }

    @Test func aFoldedResultMayNotSwellTheModel() throws {
        let model = PassCheck.model(
            [
                Node("ConstantOfShape", inputs: ["s"], outputs: ["w"]),
                Node("Add", inputs: ["x", "w"], outputs: ["y"]),
            ], inputs: [("x", PassCheck.floats(1))], constants: ["s": Tensor([Int64(1000), 1000])])
        #expect(try PassCheck.rewrite(model, "constant-folding") == model)
    }

    @Test func inputsWithDefaultsAreNoConstants() throws {
        var model = PassCheck.model(
            [Node("Neg", inputs: ["c"], outputs: ["d"]), Node("Mul", inputs: ["x", "d"], outputs: ["y"])],
            inputs: [("x", PassCheck.floats(2)), ("c", PassCheck.floats(2))],
            constants: ["c": Tensor([Float(1), 2])])
        #expect(try PassCheck.rewrite(model) == model, "a caller may feed 'c'")
        var context = PassContext()
        context.freezesDefaults = true
        #expect(try PassCheck.rewrite(model, context: context).operatorTypes == ["Mul"])
        model.irVersion = 3
        let result = try PassCheck.rewrite(model)
        #expect(result.operatorTypes == ["Mul"] && result.graph.inputs.map(\.name) == ["x"])
        #expect(result.irVersion == 4, "the lowest that takes initializers beside the inputs")
    }

    @Test func constantsOfOldFilesLeaveTheInputsWhenTheyGo() throws {
        var model = PassCheck.model(
            [Node("Add", inputs: ["x", "a"], outputs: ["s"]), Node("Mul", inputs: ["s", "b"], outputs: ["y"])],
            inputs: ["x", "a", "b", "c"].map { ($0, PassCheck.floats(2)) },
            constants: ["a": Tensor([Float(1), 2]), "b": Tensor([Float(1), 2]), "c": Tensor([Float(3), 4])])
        model.irVersion = 3
        for passes in ["common-subexpressions", "dead-code"] {
            #expect(try PassCheck.rewrite(model, passes).graph.inputs.map(\.name) == ["x"])
        }
    }

    @Test func functionsAreCleanedToo() throws {
        let function = Function(
            domain: "local", name: "Block", inputs: ["a"], outputs: ["r"], requiredAttributes: ["slope"],
            nodes: [
                Node("Identity", inputs: ["a"], outputs: ["b"]),
                Node(
                    "LeakyRelu", inputs: ["b"], outputs: ["c"],
                    attributes: [Attribute("alpha", .reference(name: "slope", type: 1))]),
                Node.init(
                    "Constant", inputs: [], outputs: ["k"],
                    attributes: [Attribute("value", .tensor(Tensor([Float(1)])))]),
                Node("Neg", inputs: ["k"], outputs: ["n"]), Node("Add", inputs: ["c", "n"], outputs: ["r"]),
            ])
        let model = PassCheck.model(
            [
                Node(
                    "Block", inputs: ["x"], outputs: ["y"], attributes: [Attribute("slope", .float(0.25))],
                    domain: "local")
            ],
            inputs: [("x", PassCheck.floats(2, 3))], functions: [function])
        let result = try PassCheck.rewrite(model)
        #expect(result.functions.first?.nodes.map(\.operatorType).sorted() == ["Add", "Constant", "LeakyRelu"])
    }
}

import Graphs
import Operators
import Tensors
import Testing

@Suite struct InterpreterTests {
    private let doubling = Model(
        graph: Graph(
            name: "main", nodes: [Node("Add", inputs: ["x", "x"], outputs: ["y"], name: "twice")],
            inputs: [ValueInfo("x", .tensor(.float32, [.symbol("n"), .fixed(2)]))], outputs: [ValueInfo("y")]))

    private func message(_ inputs: [String: Tensor], _ model: Model? = nil) -> String {
        do {
            _ = try ReferenceInterpreter().run(model ?? doubling, inputs: inputs)
            return "no error"
        } catch { return error.description }
    }

    private func zeros(_ shape: Shape) throws -> Tensor {
        try Tensor([Float](repeating: 0, count: shape.elementCount), shape: shape)
    }

    @Test func inputsAreChecked() throws {
        #expect(message([:]) == "input 'x': it is missing; feed it as f32[nx2]")
        #expect(
            message(["x": try zeros([1, 2]), "z": try zeros([1])])
                == "input 'z': the model has no input of this name; its inputs are 'x'")
        #expect(message(["x": Tensor([Int64(1)])]) == "input 'x': it is i64[1]; feed f32[nx2]")
        #expect(
            message(["x": try zeros([1, 3])])
                == "input 'x': its shape is 1x3 where the model takes nx2; reshape or resize it")
        #expect(message(["x": try zeros([5, 2])]) == "no error")
    }

    @Test func symbolsMustAgreeAndPlaceholdersNeedNot() throws {
        var model = doubling
        model.graph.inputs.append(ValueInfo("w", .tensor(.float32, [.symbol("n")])))
        #expect(
            message(["x": try zeros([3, 2]), "w": try zeros([4])], model)
                == "input 'w': 'n' is 4 here and 3 in input 'x'")
        model.graph.inputs = [ValueInfo("x", .tensor(.float32, [.symbol("?"), .symbol("?")]))]
        #expect(message(["x": try zeros([3, 2])], model) == "no error")
    }

    @Test func mistakesNameTheNode() throws {
        var model = doubling
        model.graph.nodes[0].operatorType = "Duplicate"
        #expect(
            message(["x": try zeros([1, 2])], model)
                == "graph main, node 0 'twice' (Duplicate): there is no operator 'Duplicate' of domain 'ai.onnx'; "
                + "export the model with operators of the standard, or define it as a function of the model")
        model.graph.nodes[0] = Node("Add", inputs: ["x", "q"], outputs: ["y"])
        #expect(
            message(["x": try zeros([1, 2])], model)
                == "graph main, node 0 '' (Add): it reads 'q', which nothing before it writes")
    }

    @Test func innerValuesCanBeTapped() throws {
        var model = doubling
        model.graph.nodes.append(Node("Neg", inputs: ["y"], outputs: ["z"]))
        model.graph.outputs = [ValueInfo("z")]
        let x = try Tensor([Float(1), 2], shape: [1, 2])
        let plain = try ReferenceInterpreter().run(model, inputs: ["x": x])
        #expect(plain.keys.sorted() == ["z"])
        let tapped = try ReferenceInterpreter().run(model, inputs: ["x": x], taps: ["y"])
        #expect(try tapped["y"]?.tensor?.floats() == [2, 4])
        #expect(try tapped["z"]?.tensor?.floats() == [-2, -4])
    }

    @Test func kernelsCanBeReplaced() throws {
        let choice: KernelChoice = { (target, _) throws(OperatorError) in
            guard target.name == "Add" else { return nil }
            return { (call) throws(OperatorError) in call.inputs.compactMap(\.self) }
        }
        let prepared = try PreparedInterpreter(doubling, choice: choice)
        let x = try Tensor([Float(1), 2], shape: [1, 2])
        #expect(try prepared.run(["x": x])["y"]?.tensor == x)
    }

    @Test func functionsAreCalledByTheirBodies() throws {
        var model = doubling
        model.functions = [
            Function(
                domain: "local", name: "Scale", inputs: ["a"], outputs: ["b"],
                defaultAttributes: [Attribute("factor", .float(3))],
                nodes: [
                    Node(
                        "Constant", inputs: [], outputs: ["f"],
                        attributes: [Attribute("value_float", .reference(name: "factor", type: 1))]),
                    Node("Mul", inputs: ["a", "f"], outputs: ["b"]),
                ])
        ]
        model.graph.nodes = [
            Node("Scale", inputs: ["x"], outputs: ["h"], domain: "local"),
            Node(
                "Scale", inputs: ["h"], outputs: ["y"], attributes: [Attribute("factor", .float(0.5))], domain: "local"),
        ]
        let x = try Tensor([Float(1), 2], shape: [1, 2])
        let outputs = try ReferenceInterpreter().run(model, inputs: ["x": x])
        #expect(try outputs["y"]?.tensor?.floats() == [1.5, 3])
        #expect(try ShapeInference().infer(model).type(of: "y") == .tensor(.float32, [.symbol("n"), .fixed(2)]))
    }
}

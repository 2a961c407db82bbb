import Graphs
import Tensors
import TestKit
import Testing

@Suite("Inlining functions")
struct InliningTests {
    @Test("The operators are those that the onnx package's own inliner leaves")
    func oracle() throws {
        let inlined = try Fixture.model("functions").inlined()
        // That inliner renames away the input that is passed through as an output; here one Identity stands for it.
        var expected = try #require(try Fixture.expectation("functions").inlined)
        expected["Identity"] = 1
        #expect(operatorCounts(inlined.graph.nodes) == expected)
        #expect(inlined.functions.isEmpty)
        #expect(inlined.opsets == ["": 21])
        #expect(inlined.problems() == [])
        try expectGolden(inlined.canonicalText, "functions-inlined.txt")
    }

    @Test("Attributes: the caller's value, the default, and left out")
    func attributes() throws {
        let body = Node(
            "F", inputs: ["a"], outputs: ["b"],
            attributes: [
                Attribute("p", .reference(name: "given", type: 2)),
                Attribute("q", .reference(name: "defaulted", type: 2)),
                Attribute("r", .reference(name: "absent", type: 2)), Attribute("s", .int(9)),
            ])
        let function = Function(
            domain: "d", name: "f", inputs: ["a"], outputs: ["b"], requiredAttributes: ["given", "absent"],
            defaultAttributes: [Attribute("defaulted", .int(7))], nodes: [body])
        var model = call(function, attributes: [Attribute("given", .int(1)), Attribute("absent", .int(2))])
        #expect(try model.inlined().graph.nodes[0].attributes.map(\.value) == [.int(1), .int(7), .int(2), .int(9)])
        model.graph.nodes[0].attributes.removeLast()
        #expect(throws: GraphError.self) { try model.inlined() }
        model.functions[0].requiredAttributes = ["given"]
        #expect(try model.inlined().graph.nodes[0].attributes.map(\.name) == ["p", "q", "s"])
    }

    /// A model of one call: y = f(x).
    private func call(_ function: Function, attributes: [Attribute] = [], opsets: [String: Int] = ["": 17, "d": 1])
        -> Model
    {
        Model(
            opsets: opsets,
            graph: Graph(
                name: "main",
                nodes: [
                    Node(
                        function.name, inputs: ["x"], outputs: ["y"], attributes: attributes, domain: "d",
                        overload: function.overload)
                ],
                inputs: [ValueInfo("x")], outputs: [ValueInfo("y")]), functions: [function])
    }

    @Test("A body written against another operator set is refused; a missing import is brought along")
    func opsets() throws {
        var function = Function(
            domain: "d", name: "f", inputs: ["a"], outputs: ["b"], nodes: [Node("Neg", inputs: ["a"], outputs: ["b"])],
            opsets: ["": 18])
        let error = #expect(throws: GraphError.self) { try call(function).inlined() }
        #expect(error?.code == .opsetMismatch)
        function.opsets = ["": 17, "extra": 3]
        function.nodes[0].domain = "extra"
        #expect(try call(function).inlined().opsets == ["": 17, "extra": 3])
    }

    @Test("A subgraph that the caller passes in an attribute keeps the caller's names")
    func hygiene() throws {
        // The body has a value 'k' of its own; the caller's branch reads the caller's 'k'.
        let function = Function(
            domain: "d", name: "f", inputs: ["a"], outputs: ["b"], requiredAttributes: ["branch"],
            nodes: [
                Node("Neg", inputs: ["a"], outputs: ["k"]),
                Node(
                    "If", inputs: ["k"], outputs: ["b"],
                    attributes: [Attribute("then_branch", .reference(name: "branch", type: 5))]),
            ])
        let branch = Graph(name: "mine", nodes: [Node("Abs", inputs: ["k"], outputs: ["t"])], outputs: [ValueInfo("t")])
        var model = call(function, attributes: [Attribute("branch", .graph(branch))])
        model.graph.nodes[0].inputs = ["k"]
        model.graph.nodes.insert(Node("Relu", inputs: ["x"], outputs: ["k"]), at: 0)
        let inlined = try model.inlined()
        #expect(inlined.graph.nodes.map(\.operatorType) == ["Relu", "Neg", "If"])
        #expect(inlined.graph.nodes[2].subgraphs == [branch])
        #expect(inlined.graph.nodes[1].outputs != ["k"])
        #expect(inlined.problems() == [])
    }

    @Test("Functions that double at every level end at the limit")
    func doubling() {
        let functions = (0..<64).map { level in
            Function(
                domain: "d", name: "f\(level)", inputs: ["a"], outputs: ["b"],
                nodes: [
                    Node("f\(level + 1)", inputs: ["a"], outputs: ["m"], domain: "d"),
                    Node("f\(level + 1)", inputs: ["m"], outputs: ["b"], domain: "d"),
                ], opsets: ["": 17, "d": 1])
        }
        var model = call(functions[0])
        model.functions = functions
        let error = #expect(throws: GraphError.self) {
            try model.inlined(limits: InliningLimits(maximumNodes: 10_000))
        }
        #expect(error?.code == .tooLarge)
    }

    @Test("Chosen functions alone, and calls that do not fit")
    func selection() throws {
        let model = try Fixture.model("functions")
        let kept = try model.inlined { $0.name == "Outer" }
        #expect(kept.functions.map(\.name) == ["Scale", "Pick", "Pick"])
        #expect(operatorCounts(kept.graph.nodes)["local.Scale"] == 4)
        #expect(kept.problems() == [])
        #expect(try kept.inlined().problems() == [])
        var wrong = model
        wrong.graph.nodes[0].inputs.append("x")
        #expect(throws: GraphError.self) { try wrong.inlined() }
    }
}

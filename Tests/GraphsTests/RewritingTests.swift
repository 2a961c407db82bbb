import Graphs
import Tensors
import TestKit
import Testing

@Suite("Rewriting graphs")
struct RewritingTests {
    /// x → a = Neg(x) → b = Add(a, w) → y = If(c){ Abs(b) } else { Mul(b, b) }, and d = Abs(a) that nobody reads.
    private func graph() -> Graph {
        let then = Graph(name: "then", nodes: [Node("Abs", inputs: ["b"], outputs: ["t"])], outputs: [ValueInfo("t")])
        let other = Graph(
            name: "else", nodes: [Node("Mul", inputs: ["b", "b"], outputs: ["e"])], outputs: [ValueInfo("e")])
        return Graph(
            name: "main",
            nodes: [
                Node("Neg", inputs: ["x"], outputs: ["a"]), Node("Add", inputs: ["a", "w"], outputs: ["b"]),
                Node(
                    "If", inputs: ["c"], outputs: ["y"],
                    attributes: [Attribute("then_branch", .graph(then)), Attribute("else_branch", .graph(other))]),
                Node("Abs", inputs: ["a"], outputs: ["d"]),
            ],
            inputs: [ValueInfo("x", .tensor(.float32, [.fixed(2)])), ValueInfo("c", .tensor(.bool, []))],
            outputs: [ValueInfo("y", .tensor(.float32, [.fixed(2)]))],
            initializers: [
                Initializer(name: "w", tensor: Tensor([Float(1), 2])),
                Initializer(name: "unused", tensor: Tensor([Int64(1)])),
            ], valueInfos: [ValueInfo("b", .tensor(.float32, [.fixed(2)])), ValueInfo("d")])
    }

    private func expectSound(_ graph: Graph, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(Model(graph: graph).problems() == [], sourceLocation: sourceLocation)
    }

    @Test("Renaming reaches subgraphs, and refuses names that are taken or absent")
    func renaming() throws {
        var graph = graph()
        try graph.rename(value: "b", to: "sum")
        expectSound(graph)
        #expect(graph.nodes[1].outputs == ["sum"])
        #expect(graph.nodes[2].reads == ["c", "sum"])
        #expect(graph.valueInfos[0].name == "sum")
        try graph.rename(value: "y", to: "result")
        try graph.rename(value: "w", to: "weight")
        #expect(graph.outputs[0].name == "result" && graph.initializers[0].name == "weight")
        expectSound(graph)
        #expect(throws: GraphError.self) { try graph.rename(value: "a", to: "t") }
        #expect(throws: GraphError.self) { try graph.rename(value: "nothing", to: "z") }
    }

    @Test("A name that a subgraph defines itself is not renamed in it")
    func shadowing() throws {
        let branch = Graph(
            nodes: [Node("Neg", inputs: ["x"], outputs: ["a"]), Node("Abs", inputs: ["a"], outputs: ["t"])],
            outputs: [ValueInfo("t")])
        var graph = Graph(
            nodes: [
                Node("Abs", inputs: ["x"], outputs: ["a"]),
                Node("If", inputs: ["x"], outputs: ["y"], attributes: [Attribute("then_branch", .graph(branch))]),
            ], inputs: [ValueInfo("x")], outputs: [ValueInfo("y")])
        try graph.rename(value: "a", to: "b")
        #expect(graph.nodes[1].subgraphs[0] == branch)
    }

    @Test("Tapping a value gives it the type that is known")
    func taps() throws {
        var graph = graph()
        try graph.addOutput("b")
        try graph.addOutput("a")
        try graph.addOutput("a")
        try graph.addOutput("w")
        #expect(graph.outputs.map(\.name) == ["y", "b", "a", "w"])
        #expect(graph.outputs[1].type == .tensor(.float32, [.fixed(2)]))
        #expect(graph.outputs[2].type == nil)
        #expect(graph.outputs[3].type == .tensor(.float32, [.fixed(2)]))
        expectSound(graph)
        let error = #expect(throws: GraphError.self) { try graph.addOutput("unsed") }
        #expect(error?.remedy == "did you mean 'unused'?")
    }

    @Test("Inserting after an inner value, an input, an initializer and an output")
    func insertion() throws {
        for value in ["b", "x", "w", "y"] {
            var graph = graph()
            var names = FreshNames(graph)
            let result = try graph.insert(after: value, names: &names) { input, output in
                [Node("Relu", inputs: [input], outputs: [output])]
            }
            expectSound(graph)
            let relu = try #require(graph.nodes.first { $0.operatorType == "Relu" })
            #expect(relu.outputs == [result])
            #expect(graph.inputs.map(\.name) == ["x", "c"] && graph.outputs.map(\.name) == ["y"])
            let readers = graph.nodes.filter { $0.reads.contains(relu.inputs[0]) }
            #expect(readers.map(\.operatorType) == ["Relu"], "\(value) is read past the new node")
        }
        var outputAndInput = Graph(inputs: [ValueInfo("x")], outputs: [ValueInfo("x")])
        var names = FreshNames(outputAndInput)
        #expect(throws: GraphError.self) {
            try outputAndInput.insert(after: "x", names: &names) { [Node("Relu", inputs: [$0], outputs: [$1])] }
        }
    }

    @Test("Replacing an initializer, and taking initializers off the inputs")
    func initializers() throws {
        var graph = graph()
        try graph.replaceInitializer("w", with: Tensor([Float(5), 6]))
        #expect(try graph.initializer("w")?.floats() == [5, 6])
        #expect(throws: GraphError.self) { try graph.replaceInitializer("v", with: Tensor([Float(5)])) }
        graph.inputs.append(ValueInfo("w"))
        #expect(graph.requiredInputs.map(\.name) == ["x", "c"])
        graph.removeInitializersFromInputs()
        #expect(graph.inputs.map(\.name) == ["x", "c"])
    }

    @Test("What no output needs goes; what a subgraph reads stays")
    func unused() {
        var graph = graph()
        graph.removeUnused()
        #expect(graph.nodes.map(\.operatorType) == ["Neg", "Add", "If"])
        #expect(graph.initializers.map(\.name) == ["w"])
        #expect(graph.valueInfos.map(\.name) == ["b"])
        expectSound(graph)
    }

    @Test("Extracting a part")
    func extraction() throws {
        let part = try graph().extract(inputs: ["b", "c"], outputs: ["y"])
        #expect(part.nodes.map(\.operatorType) == ["If"])
        #expect(part.inputs.map(\.type) == [.tensor(.float32, [.fixed(2)]), .tensor(.bool, [])])
        #expect(part.initializers.isEmpty)
        expectSound(part)
        let inner = try graph().extract(inputs: ["x"], outputs: ["d", "b"])
        #expect(inner.nodes.map(\.operatorType) == ["Neg", "Add", "Abs"])
        expectSound(inner)
        let error = #expect(throws: GraphError.self) { try graph().extract(inputs: ["b"], outputs: ["y"]) }
        #expect(error?.reason.contains("'c'") == true)
        #expect(throws: GraphError.self) { try graph().extract(inputs: ["x"], outputs: ["nothing"]) }
    }

    @Test("Fresh names are fresh and the same every time")
    func freshNames() {
        var names = FreshNames(graph())
        #expect(["a", "q", "q", "t", "", ""].map { names.make($0) } == ["a_1", "q", "q_1", "t_1", "_1", "_2"])
    }
}

import Graphs
import Tensors
import TestKit
import Testing

@Suite("Validation")
struct ValidationTests {
    private func node(_ type: String, _ inputs: [String], _ outputs: [String], name: String = "") -> Node {
        Node(type, inputs: inputs, outputs: outputs, name: name)
    }

    private func problems(_ nodes: [Node], outputs: [String] = ["y"]) -> [GraphError] {
        let graph = Graph(
            name: "main", nodes: nodes, inputs: [ValueInfo("x", .tensor(.float32, [.fixed(2)]))],
            outputs: outputs.map { ValueInfo($0) })
        return Model(graph: graph).problems()
    }

    @Test("A sound graph has no problems")
    func sound() {
        #expect(problems([node("Neg", ["x"], ["a"]), node("Neg", ["a"], ["y"])]) == [])
    }

    @Test("A cycle names its nodes")
    func cycle() throws {
        let found = problems([
            node("Add", ["x", "c"], ["a"], name: "first"), node("Neg", ["a"], ["b"]),
            node("Abs", ["b"], ["c"], name: "third"), node("Neg", ["c"], ["y"]),
        ])
        let cycle = try #require(found.first)
        #expect(cycle.code == .cycle)
        for label in ["node 0 'first' (Add)", "node 1 (Neg)", "node 2 'third' (Abs)"] {
            #expect(cycle.reason.contains(label))
        }
        #expect(!cycle.reason.contains("node 3"))
    }

    @Test("A very long cycle, and a very long chain, take no stack")
    func longChains() {
        let count = 100_000
        var chain = (0..<count).map { node("Neg", [$0 == 0 ? "x" : "v\($0 - 1)"], ["v\($0)"]) }
        #expect(problems(chain, outputs: ["v\(count - 1)"]) == [])
        chain[0].inputs = ["v\(count - 1)"]
        #expect(problems(chain, outputs: ["v0"]).first?.code == .cycle)
    }

    @Test("Unsorted nodes are told from cycles, and can be sorted")
    func unsorted() throws {
        let nodes = [node("Neg", ["a"], ["y"]), node("Neg", ["x"], ["a"])]
        #expect(problems(nodes).map(\.code) == [.notSorted])
        var graph = Graph(nodes: nodes, inputs: [ValueInfo("x")], outputs: [ValueInfo("y")])
        try graph.sortNodes()
        #expect(graph.nodes.map(\.outputs) == [["a"], ["y"]])
    }

    @Test("Names undefined, defined twice, or missing")
    func names() {
        #expect(problems([node("Neg", ["nothing"], ["y"])]).map(\.code) == [.undefinedValue])
        #expect(problems([node("Neg", ["x"], ["y"]), node("Abs", ["x"], ["y"])]).map(\.code) == [.duplicateDefinition])
        #expect(problems([node("Neg", ["x"], ["x"])], outputs: ["x"]).map(\.code) == [.duplicateDefinition])
        #expect(problems([node("Neg", ["x"], ["a"])]).map(\.code) == [.undefinedValue])
        #expect(problems([node("", ["x"], ["y"])]).map(\.code) == [.invalidNode])
        #expect(problems([node("Neg", ["x"], ["y"]), node("Stop", [], [])]).map(\.code) == [.invalidNode])
    }

    @Test("Subgraphs see the names before them, not after, and their own stay inside")
    func captures() {
        func choose(_ read: String) -> Node {
            let branch = Graph(name: "b", nodes: [node("Neg", [read], ["t"])], outputs: [ValueInfo("t")])
            return Node("If", inputs: ["x"], outputs: ["y"], attributes: [Attribute("then_branch", .graph(branch))])
        }
        #expect(problems([node("Neg", ["x"], ["a"]), choose("a")]) == [])
        #expect(problems([choose("a"), node("Neg", ["x"], ["a"])]).first?.code == .notSorted)
        #expect(problems([choose("zzz")]).contains { $0.code == .undefinedValue })
        #expect(problems([choose("x"), node("Neg", ["t"], ["z"])]).map(\.code) == [.undefinedValue])
    }

    @Test("Imports, attributes, shapes, and functions that call each other")
    func others() {
        let foreign = Node("F", inputs: ["x"], outputs: ["y"], domain: "my")
        #expect(problems([foreign]).map(\.code) == [.missingOpset])
        let twice = Node(
            "F", inputs: ["x"], outputs: ["y"], attributes: [Attribute("a", .int(1)), Attribute("a", .int(2))])
        #expect(problems([twice]).map(\.code) == [.invalidAttribute])
        let reference = Node(
            "F", inputs: ["x"], outputs: ["y"], attributes: [Attribute("a", .reference(name: "b", type: 2))])
        #expect(problems([reference]).map(\.code) == [.invalidAttribute])
        let huge = ValueInfo("x", .tensor(.float32, [.fixed(1 << 40), .fixed(1 << 40)]))
        #expect(Model(graph: Graph(inputs: [huge])).problems().map(\.code) == [.invalidShape])
        let function = { (name: String, callee: String) in
            Function(
                domain: "my", name: name, inputs: ["a"], outputs: ["b"],
                nodes: [Node(callee, inputs: ["a"], outputs: ["b"], domain: "my")], opsets: ["my": 1])
        }
        let model = Model(graph: Graph(), functions: [function("f", "g"), function("g", "f")])
        #expect(model.problems().map(\.code) == [.invalidFunction])
        #expect(throws: GraphError.self) { try model.inlined() }
        #expect(throws: GraphError.self) { try model.validate() }
    }

    @Test("Sparse constants must fit their shape")
    func sparse() throws {
        let values = Tensor([Float(1), 2])
        let cases: [(Tensor, Shape, Bool)] = [
            (Tensor([Int64(0), 11]), [3, 4], true), (Tensor([Int64(0), 12]), [3, 4], false),
            (Tensor([Int64(-1), 1]), [3, 4], false), (try Tensor([Int64(0), 1, 2, 3], shape: [2, 2]), [3, 4], true),
            (try Tensor([Int64(0), 4, 2, 3], shape: [2, 2]), [3, 4], false), (Tensor([Int32(0), 1]), [3, 4], false),
            (Tensor([Int64(0)]), [3, 4], false), (Tensor([Int64(0), 1]), [1 << 40, 1 << 40], false),
        ]
        for (indices, shape, sound) in cases {
            let sparse = SparseTensor(name: "s", values: values, indices: indices, shape: shape)
            #expect(Model(graph: Graph(sparseInitializers: [sparse])).problems().isEmpty == sound, "\(shape)")
        }
    }
}

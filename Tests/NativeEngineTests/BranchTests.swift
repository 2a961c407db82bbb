import Engines
import Graphs
import Operators
import TestKit
import Tensors
import Testing

/// Models that branch by what they are fed, which are rewritten once their branches are decided.
@Suite struct BranchTests {
    /// Halves one row and doubles several; then negates where `flag` is set, which the graph has where `isFlagged`.
    private static func source(isFlagged: Bool) throws -> ModelSource {
        var graph = Graph(
            name: "branches",
            inputs: [ValueInfo("x", .tensor(.float32, SymbolicShape([.symbol("rows"), .fixed(2)])))],
            outputs: [ValueInfo("y"), ValueInfo("z")])
        graph.initializers = [
            Initializer(name: "zero", tensor: Tensor([0] as [Int64])),
            Initializer(name: "one", tensor: Tensor([1] as [Int64])),
            Initializer(name: "half", tensor: Tensor([0.5] as [Float])),
            Initializer(name: "two", tensor: Tensor([2] as [Float])),
        ]
        graph.nodes = [
            Node("Abs", inputs: ["x"], outputs: ["a"]),
            Node("Shape", inputs: ["a"], outputs: ["shape"]),
            Node("Gather", inputs: ["shape", "zero"], outputs: ["rows"]),
            Node("Equal", inputs: ["rows", "one"], outputs: ["isOne"]),
            choice(
                "isOne", Node("Mul", inputs: ["a", "half"], outputs: ["h"]),
                Node("Mul", inputs: ["a", "two"], outputs: ["t"]), "y"),
            Node("Add", inputs: ["y", "x"], outputs: [isFlagged ? "sum" : "z"]),
        ]
        if isFlagged {
            graph.inputs.append(ValueInfo("flag", .tensor(.bool, SymbolicShape([] as Shape))))
            graph.nodes.append(
                choice(
                    "flag", Node("Neg", inputs: ["sum"], outputs: ["n"]),
                    Node("Identity", inputs: ["sum"], outputs: ["i"]), "z"))
        }
        return ModelSource(
            name: "branches", bytes: try Model(opsets: ["": 17], graph: graph).serialized(), directory: nil,
            isOriginal: false)
    }

    private static func choice(_ condition: String, _ then: Node, _ otherwise: Node, _ result: String) -> Node {
        let bodies = [then, otherwise].map { node in
            var body = Graph(name: node.operatorType, inputs: [], outputs: node.outputs.map { ValueInfo($0) })
            body.nodes = [node]
            return body
        }
        return Node(
            "If", inputs: [condition], outputs: [result],
            attributes: [Attribute("then_branch", .graph(bodies[0])), Attribute("else_branch", .graph(bodies[1]))])
    }

    /// More shapes than are remembered, each fed again after another.
    @Test(arguments: Installed.engines) func branchesByShapes(variant: Installed.Variant) throws {
        let prepared = try variant.engine().prepare(try Self.source(isFlagged: false), options: EngineOptions())
        let session = try prepared.makeSession()
        let slots = OutputSlots(count: 2)
        for rows in [1, 3, 1, 2, 3] + Array(1...12) {
            let elements = (0..<2 * rows).map { Float($0) - 3 }
            let factor: Float = rows == 1 ? 0.5 : 2
            let y = elements.map { abs($0) * factor }
            let x = try Tensor(elements, shape: Shape([rows, 2]))
            let expected = [
                try Tensor(y, shape: x.shape), try Tensor(zip(y, elements).map(+), shape: x.shape),
            ]
            try session.run([x], into: slots)
            #expect(try slots.snapshot() == expected, "\(rows) rows")
            #expect(try session.evaluate([.tensor(x)]) == expected.map(Value.tensor), "\(rows) rows, interpreted")
        }
    }

    @Test(arguments: Installed.engines) func branchesByShapesAndElements(variant: Installed.Variant) throws {
        let prepared = try variant.engine().prepare(try Self.source(isFlagged: true), options: EngineOptions())
        let session = try prepared.makeSession()
        let slots = OutputSlots(count: 2)
        for (rows, flag) in [(1, true), (1, false), (2, false), (2, true), (1, true)] {
            let elements = (0..<2 * rows).map { Float($0) - 3 }
            let factor: Float = rows == 1 ? 0.5 : 2
            let y = elements.map { abs($0) * factor }
            let z = zip(y, elements).map { flag ? -($0 + $1) : $0 + $1 }
            let x = try Tensor(elements, shape: Shape([rows, 2]))
            let expected = [try Tensor(y, shape: x.shape), try Tensor(z, shape: x.shape)]
            let inputs = [x, try Tensor([flag], shape: [])]
            try session.run(inputs, into: slots)
            #expect(try slots.snapshot() == expected, "\(rows) rows, \(flag)")
            #expect(try session.evaluate(inputs.map(Value.tensor)) == expected.map(Value.tensor))
        }
    }
}

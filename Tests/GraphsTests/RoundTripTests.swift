import Graphs
import Tensors
import TestKit
import Testing

@Suite("Writing ONNX")
struct RoundTripTests {
    @Test("Read, written and read again, a model is equal", arguments: Fixture.names)
    func equal(name: String) throws {
        let model = try Fixture.model(name)
        #expect(try Model(bytes: model.serialized()) == model)
    }

    @Test("Through files, inline and with external data, over its own file too", arguments: Fixture.names)
    func files(name: String) throws {
        let folder = try TemporaryFolder()
        let model = try Fixture.model(name)
        let path = folder.file("model.onnx")
        let policies: [ExternalDataPolicy] = [
            .inline, .beside(minimumBytes: 1), .beside(minimumBytes: 100), .automatic,
        ]
        for policy in policies {
            // The second time the model is mapped from the very files that are being replaced.
            try model.write(to: path, externalData: policy)
            let again = try Model(contentsOf: path)
            try again.write(to: path, externalData: policy)
            #expect(try Model(contentsOf: path) == model)
            #expect(again == model)
        }
    }

    @Test("External tensors start where they can be mapped alone")
    func alignment() throws {
        let folder = try TemporaryFolder()
        let large = try Tensor.random(.float32, [20_000], using: &generator.value)
        let small = Tensor([UInt8](repeating: 7, count: 100))
        let graph = Graph(
            name: "g", initializers: ["a", "b", "c"].map { Initializer(name: $0, tensor: $0 == "b" ? large : small) })
        try Model(graph: graph).write(to: folder.file("m.onnx"), externalData: .beside(minimumBytes: 64))
        let data = try Bytes(mapping: folder.file("m.onnx.data"))
        #expect(data.slice(4096..<4096 + 80_000) == large.bytes)
        #expect(data.slice(84_096 + 32..<84_096 + 132) == small.bytes || data.slice(84_096..<84_196) == small.bytes)
        #expect(try Model(contentsOf: folder.file("m.onnx")).graph == graph)
    }

    private final class Generator { var value = SplitMix64(seed: 5) }
    private let generator = Generator()

    @Test("Models made here, with every element type, survive")
    func made() throws {
        var generator = SplitMix64(seed: 11)
        var graph = Graph(name: "made")
        for (index, type) in ElementType.allCases.enumerated() {
            let shapes: [Shape] = [[], [0, 3], [3, 5]]
            for shape in shapes {
                let tensor = try Tensor.random(type, shape, using: &generator)
                graph.initializers.append(Initializer(name: "t\(index)_\(shape)", tensor: tensor))
                graph.nodes.append(
                    Node(
                        "Constant", inputs: [], outputs: ["c\(index)_\(shape)"],
                        attributes: [Attribute("value", .tensor(tensor))]))
            }
        }
        let model = Model(irVersion: 14, opsets: ["": 26, "other": 1], graph: graph)
        #expect(try Model(bytes: model.serialized()) == model)
        #expect(model.lowestSufficientIRVersion == 14)
    }

    @Test("A folder that cannot be written is an error, and leaves nothing behind")
    func unwritable() throws {
        let model = try Fixture.model("functions")
        let error = #expect(throws: GraphError.self) { try model.write(to: "/nonexistent-folder/m.onnx") }
        #expect(error?.code == .unwritableFile)
    }
}

@Suite("Lowest sufficient IR version")
struct IRVersionTests {
    private func version(_ graph: Graph, functions: [Function] = []) -> Int {
        Model(graph: graph, functions: functions).lowestSufficientIRVersion
    }

    @Test("Each feature asks for the version that brought it")
    func features() {
        let weight = Initializer(name: "w", tensor: Tensor([Float(1)]))
        #expect(version(Graph()) == 3)
        #expect(version(Graph(inputs: [ValueInfo("w")], initializers: [weight])) == 3)
        #expect(version(Graph(initializers: [weight])) == 4)
        #expect(version(Graph(inputs: [ValueInfo("x", .tensor(.bfloat16, nil))])) == 4)
        #expect(version(Graph(quantizationAnnotations: [QuantizationAnnotation(tensorName: "x", parameters: [])])) == 5)
        #expect(version(Graph(inputs: [ValueInfo("x", .optional(.tensor(.float32, nil)))])) == 8)
        let function = Function(domain: "d", name: "f", inputs: [], outputs: [], nodes: [])
        #expect(version(Graph(), functions: [function]) == 8)
        var defaults = function
        defaults.defaultAttributes = [Attribute("a", .int(1))]
        #expect(version(Graph(), functions: [defaults]) == 9)
        var overloaded = function
        overloaded.overload = "o"
        #expect(version(Graph(), functions: [overloaded]) == 10)
        let types: [(ElementType, Int)] = [
            (.float8e5m2, 9), (.int4, 10), (.float4e2m1, 11), (.float8e8m0, 12), (.uint2, 13), (.float6e3m2, 14),
        ]
        for (type, expected) in types {
            let inner = Graph(nodes: [
                Node(
                    "If", inputs: ["c"], outputs: ["y"],
                    attributes: [
                        Attribute(
                            "then_branch", .graph(Graph(outputs: [ValueInfo("y", .sequence(.tensor(type, nil)))])))
                    ])
            ])
            #expect(version(inner) == expected, "\(type)")
        }
    }
}

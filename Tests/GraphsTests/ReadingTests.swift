import Foundation
import Graphs
import Tensors
import TestKit
import Testing

@Suite("Reading ONNX")
struct ReadingTests {
    @Test("The structure is what the onnx package reads", arguments: Fixture.names)
    func structure(name: String) throws {
        let model = try Fixture.model(name)
        let expected = try Fixture.expectation(name)
        #expect(model.irVersion == expected.ir)
        #expect(model.opsets == expected.opsets)
        #expect(model.graph.inputs.map(\.name) == expected.inputs)
        #expect(model.graph.outputs.map(\.name) == expected.outputs)
        #expect(model.functions.count == expected.functions)
        #expect(operatorCounts(model.graph.nodes) == expected.operators)
        #expect(model.problems() == [])
    }

    @Test("Constants of every element type, raw, typed and external", arguments: Fixture.names)
    func constants(name: String) throws {
        let model = try Fixture.model(name)
        let expected = try Fixture.expectation(name).initializers
        #expect(model.graph.initializers.map(\.name) == expected.map(\.name))
        for (constant, oracle) in zip(model.graph.initializers, expected) {
            let tensor = constant.tensor
            #expect(tensor.elementType.name == oracle.type)
            #expect(tensor.shape.dimensions == oracle.shape)
            for (index, element) in oracle.values.enumerated() {
                #expect(try Self.equals(tensor, index, element), "\(oracle.name)[\(index)]")
            }
        }
    }

    private static func equals(_ tensor: Tensor, _ index: Int, _ element: Fixture.Element) throws -> Bool {
        switch (element, tensor.elementType) {
        case (.text(let text), .string): return tensor.strings?[index] == text
        case (.text(let text), .int64): return try tensor.int64s()[index] == Int64(text)
        case (.text(let text), .uint64): return try tensor.values(of: UInt64.self)[index] == UInt64(text)
        case (.text(let text), _):
            let number = try #require(Double(text))
            let ours = try tensor.doubles()[index]
            return number.isNaN ? ours.isNaN : ours == number
        case (.number(let number), _):
            let ours = try tensor.doubles()[index]
            return ours == number && ours.sign == number.sign
        case (.pair(let pair), let type):
            let part: ElementType = type == .complex64 ? .float32 : .float64
            let reals = try Tensor(
                elementType: part, shape: [tensor.elementCount * 2], bytes: #require(tensor.bytes)
            ).doubles()
            return reals[index * 2] == pair[0] && reals[index * 2 + 1] == pair[1]
        }
    }

    @Test("Raw and typed data make equal tensors")
    func rawEqualsTyped() throws {
        let raw = try Fixture.model("elements-raw").graph
        let typed = try Fixture.model("elements-typed").graph
        for constant in raw.initializers {
            // Bits after the last element of a packed type are nobody's; both writers leave them 0.
            #expect(typed.initializer(constant.name) == constant.tensor, "\(constant.name)")
        }
    }

    @Test("Weights are slices of the mapped file, not copies")
    func mapped() throws {
        let file = try Bytes(mapping: Fixture.path("elements-raw"))
        let model = try Model(bytes: file)
        let range = file.withUnsafeBytes { (UInt(bitPattern: $0.baseAddress), $0.count) }
        for constant in model.graph.initializers {
            let place = constant.tensor.bytes?.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) } ?? 0
            #expect(place >= range.0 && place < range.0 + UInt(range.1), "\(constant.name)")
        }
    }

    @Test("Types of every kind, denotations, attributes of every kind")
    func kinds() throws {
        let model = try Fixture.model("kinds")
        let types = model.graph.inputs.map { $0.type?.description ?? "none" }
        #expect(
            types == [
                "f32[batch as \"DATA_BATCH\", 3, ?]", "i8", "sequence(f32[N, 3])", "optional(sequence(f32[N, 3]))",
                "map(string, i64[?])", "sparse(f32[3, 4])", "opaque(somewhere, Thing)",
            ])
        #expect(model.graph.inputs[0].denotation == "IMAGE")
        #expect(model.graph.inputs[2].metadata == [StringPair("note", "of an input")])
        #expect(model.metadata == [StringPair("k", "1"), StringPair("k", "2")])
        #expect(model.modelVersion == -7)
        #expect(model.unknownFields.map(\.number).sorted() == [20, 26])
        let node = model.graph.nodes[0]
        #expect(node.attributes.map(\.value.typeCode) == [1, 2, 3, 4, 5, 11, 13, 6, 7, 8, 9, 10, 12, 14, 6, 7, 8])
        #expect(node.attribute("i") == .int(.min))
        #expect(node.attribute("s") == .string(Bytes(copying: [0xFF, 0])))
        #expect(node.attribute("floats") == .floats([0.5, 0x1p-149]))
        #expect(node.attribute("e_ints") == .ints([]))
        #expect(model.graph.sparseInitializers.first?.shape == [3, 4])
        #expect(model.graph.initializers.first?.metadata == [StringPair("origin", "here")])
    }

    @Test("Files that are no models", arguments: ["", "not a model at all", "{\"a\": 1}", "\u{8}\u{8}"])
    func notAModel(content: String) throws {
        let folder = try TemporaryFolder()
        try content.write(toFile: folder.file("x.onnx"), atomically: true, encoding: .utf8)
        let error = #expect(throws: GraphError.self) { try Model(contentsOf: folder.file("x.onnx")) }
        #expect(error?.subject.hasPrefix(folder.file("x.onnx")) == true)
        #expect(error?.remedy.isEmpty == false)
    }

    @Test("A missing file, and a folder")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        for path in [folder.file("none.onnx"), folder.path] {
            let error = #expect(throws: GraphError.self) { try Model(contentsOf: path) }
            #expect(error?.code == .unreadableFile)
        }
    }
}

import Foundation
import Graphs
import Tensors
import TestKit
import Testing
import Wire

@Suite("Malformed files")
struct MalformedTests {
    private typealias Message = WireWriter<Bytes>

    private func bytes(_ message: Message) -> Bytes {
        Bytes(
            concatenating: message.segments.map { segment in
                switch segment {
                case .bytes(let bytes): Bytes(copying: bytes)
                case .payload(let bytes): bytes
                }
            })
    }

    /// A model whose graph is what `fill` writes.
    private func model(_ fill: (inout Message) -> Void) -> Bytes {
        var message = Message()
        message.integer(1, 10)
        message.message(7) { fill(&$0) }
        return bytes(message)
    }

    private func tensor(_ fill: (inout Message) -> Void) -> Bytes { model { $0.message(5) { fill(&$0) } } }

    private func code(_ bytes: Bytes, limits: ReadLimits = ReadLimits()) -> GraphError.Code? {
        do throws(GraphError) {
            _ = try Model(bytes: bytes, limits: limits)
            return nil
        } catch { return error.code }
    }

    @Test(
        "Every proper prefix of a model is refused or is a smaller model, and names its byte", arguments: Fixture.names)
    func truncated(name: String) throws {
        let whole = try Bytes(mapping: Fixture.path(name))
        for count in 0..<whole.count {
            do throws(GraphError) {
                let prefix = slice(whole, count)
                _ = try Model(bytes: prefix, name: "cut.onnx", baseDirectory: testFolder("Fixtures").path)
            } catch { #expect(error.subject.hasPrefix("cut.onnx"), "\(error)") }
        }
    }

    private func slice(_ whole: Bytes, _ count: Int) -> Bytes {
        whole.slice(0..<count) ?? Bytes(copying: EmptyCollection())
    }

    @Test("Shapes that overflow, are negative, or do not fit their data")
    func shapes() {
        let cases: [[Int]] = [[1 << 40, 1 << 40], [-1], [Int.max], [3], [1 << 62, 0, 8]]
        for dimensions in cases {
            let file = tensor {
                $0.packed(1, dimensions)
                $0.integer(2, 1)
                $0.payload(9, Bytes(copying: [UInt8](repeating: 0, count: 8)), count: 8)
            }
            #expect(code(file) == .invalidTensor, "\(dimensions)")
        }
    }

    @Test("Data in two fields, in the wrong field, in the wrong number, or out of range")
    func tensorData() {
        let both = tensor {
            $0.packed(1, [1])
            $0.integer(2, 6)
            $0.packed(5, [1])
            $0.payload(9, Bytes(copying: [0, 0, 0, 0]), count: 4)
        }
        #expect(code(both) == .unexpectedField)
        let wrongField = tensor {
            $0.packed(1, [1])
            $0.integer(2, 7)
            $0.packed(5, [1])
        }
        #expect(code(wrongField) == .unexpectedField)
        let count = tensor {
            $0.packed(1, [2])
            $0.integer(2, 6)
            $0.packed(5, [1])
        }
        #expect(code(count) == .invalidTensor)
        let range = tensor {
            $0.packed(1, [1])
            $0.integer(2, 3)
            $0.packed(5, [300])
        }
        #expect(code(range) == .invalidTensor)
        #expect(code(tensor { $0.integer(2, 99) }) == .unknownElementType)
        #expect(code(tensor { $0.integer(2, 0) }) == .unknownElementType)
    }

    @Test("Text that is not UTF-8, a graph that stands twice, an attribute without value, a conflicting import")
    func fields() {
        let text = model { $0.payload(2, Bytes(copying: [0xC3, 0x28]), count: 2) }
        #expect(code(text) == .invalidText)
        var twice = Message()
        twice.message(7) { $0.string(2, "a") }
        twice.message(7) { $0.string(2, "b") }
        #expect(code(bytes(twice)) == .unexpectedField)
        let attribute = model { $0.message(1) { $0.message(5) { $0.integer(20, 4) } } }
        #expect(code(attribute) == .missingField)
        var imports = Message()
        for (domain, version) in [("", 17), ("ai.onnx", 18)] {
            imports.message(8) {
                $0.string(1, domain)
                $0.integer(2, version)
            }
        }
        #expect(code(bytes(imports)) == .unexpectedField)
    }

    @Test("Nesting without end is refused: subgraphs and types")
    func nesting() {
        var graph = Message()
        for _ in 0..<2000 {
            var outer = Message()
            outer.message(1) { node in node.message(5) { attribute in attribute.message(6, graph) } }
            graph = outer
        }
        var message = Message()
        message.message(7, graph)
        #expect(code(bytes(message)) == .tooDeep)
        var type = Message()
        for _ in 0..<2000 {
            var outer = Message()
            outer.message(4) { $0.message(1, type) }
            type = outer
        }
        #expect(code(model { $0.message(11) { $0.message(2, type) } }) == .tooDeep)
    }

    @Test("Many tiny messages end at the memory limit, however they are written")
    func memory() {
        let node: [UInt8] = [0x0A, 0x00]
        let nodes = model { graph in
            for _ in 0..<20_000 { graph.field(encoded: Bytes(copying: node), count: 2) }
        }
        #expect(code(nodes, limits: ReadLimits(maximumDecodedBytes: 1 << 20)) == .tooLarge)
        #expect(code(nodes) == nil)
        let numbers = tensor {
            $0.packed(1, [100_000])
            $0.integer(2, 7)
            $0.packed(7, [Int](repeating: 1, count: 100_000))
        }
        #expect(code(numbers, limits: ReadLimits(maximumDecodedBytes: 1 << 19)) == .tooLarge)
        #expect(code(numbers) == nil)
    }

    @Test(
        "A file of another format is named for what it looks like",
        arguments: [
            ("", "empty"), ("  <!DOCTYPE html><html>", "HTML"), ("<?xml version=\"1.0\"?><net/>", "XML"),
            ("{\"error\": \"not found\"}", "JSON"), ("PK\u{3}\u{4}\u{14}\u{0}", "ZIP"),
            ("ReadMe: nothing to see here", "text"),
            ("version https://git-lfs.github.com/spec/v1\noid sha256:0", "Git LFS"),
            ("\u{1c}\u{0}\u{0}\u{0}TFL3\u{14}", "TensorFlow Lite"),
        ])
    func foreign(content: String, name: String) {
        #expect {
            _ = try Model(bytes: Bytes(copying: content.utf8), name: "m.onnx")
        } throws: { error in
            let error = error as? GraphError
            return error?.code == .notONNX && error?.subject == "m.onnx" && error?.remedy.isEmpty == false
                && error?.reason.contains("no ONNX file") == true && error?.reason.contains(name) == true
        }
    }

    @Test("What only breaks off or has a wrong field stays named by its byte")
    func damagedStaysDamaged() {
        #expect(code(Bytes(copying: [0x08, 0x0A, 0x3A, 0x7F])) == .malformed)
        #expect(code(Bytes(copying: [0x08, 0x0A, 0x23])) == .malformed)
    }
}

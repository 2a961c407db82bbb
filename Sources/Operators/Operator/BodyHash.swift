import Graphs
import Tensors

/// A stable 128-bit hash of a function body, the same on every machine and in every run.
///
/// FNV-1a (Fowler, Noll, Vo) over a canonical text, with two offset bases: equal bodies must share a name, and bodies
/// that differ by accident must not.
enum BodyHash {
    static func hash(inputs: [String], outputs: [String], nodes: [Node], opset: Int) -> String {
        var hasher = Hasher()
        hasher.add("\(opset)|\(inputs)|\(outputs)")
        for node in nodes { hasher.add(node) }
        return hasher.text
    }

    private struct Hasher {
        private var low: UInt64 = 0xCBF2_9CE4_8422_2325
        private var high: UInt64 = 0x6C62_272E_07BB_0142

        mutating func add(byte: UInt8) {
            low = (low ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            high = (high ^ UInt64(byte ^ 0x5A)) &* 0x0000_0100_0000_01B3
        }

        mutating func add(_ text: String) {
            for byte in text.utf8 { add(byte: byte) }
            add(byte: 0)
        }

        mutating func add(_ bytes: Bytes) {
            add("\(bytes.count)")
            bytes.withByteSpan { span in
                for index in span.indices { add(byte: span[index]) }
            }
        }

        mutating func add(_ node: Node) {
            add("\(node.domain)|\(node.operatorType)|\(node.inputs)|\(node.outputs)")
            for attribute in node.attributes.sorted(by: { $0.name < $1.name }) {
                add(attribute.name)
                add(attribute.value)
            }
        }

        mutating func add(_ value: AttributeValue) {
            switch value {
            case .tensor(let tensor):
                add("\(tensor.elementType.name)[\(tensor.shape)]")
                if let bytes = tensor.bytes { add(bytes) } else { add("\(tensor.strings ?? [])") }
            case .string(let bytes): add(bytes)
            case .strings(let list): for bytes in list { add(bytes) }
            case .graph(let graph):
                add("\(graph.inputs.map(\.name))|\(graph.outputs.map(\.name))")
                for node in graph.nodes { add(node) }
            default: add("\(value)")
            }
        }

        var text: String { hex(high) + hex(low) }

        private func hex(_ value: UInt64) -> String {
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
    }
}

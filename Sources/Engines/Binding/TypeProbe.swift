package import Tensors

/// One-node ONNX models, written byte by byte, by which a loaded library is asked what it accepts.
package enum TypeProbe {
    /// A serialised model `y = Identity(x)` over one element type and the shape `[1]`; both versions are below 128.
    package static func identity(of type: ElementType, opset: Int, irVersion: Int) -> Bytes {
        let node = field(1, "x") + field(2, "y") + field(4, "Identity")
        let shape = field(1, varint(1, 1))
        let valueType = field(1, varint(1, Int(type.rawValue)) + field(2, shape))
        let graph =
            field(1, node) + field(2, "g") + field(11, field(1, "x") + field(2, valueType))
            + field(12, field(1, "y") + field(2, valueType))
        return Bytes(copying: varint(1, irVersion) + field(7, graph) + field(8, varint(2, opset)))
    }

    private static func varint(_ number: UInt8, _ value: Int) -> [UInt8] {
        [number << 3, UInt8(truncatingIfNeeded: value & 0x7F)]
    }
    private static func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
        [number << 3 | 2, UInt8(truncatingIfNeeded: content.count)] + content
    }
    private static func field(_ number: UInt8, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }
}

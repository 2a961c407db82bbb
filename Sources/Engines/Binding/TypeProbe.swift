package import Tensors

/// One-node ONNX models, written byte by byte, by which a loaded library is asked what it accepts.
package enum TypeProbe {
    /// A serialised model `y = Identity(x)` over one element type and the shape `[1]`; both versions are below 128.
    package static func identity(of type: ElementType, opset: Int, irVersion: Int) -> Bytes {
        model(field(4, "Identity"), from: type, to: type, opset: opset, irVersion: irVersion)
    }

    /// A serialised model `y = Cast(x)` from one element type to `f32` over the shape `[1]`.
    package static func cast(from type: ElementType, opset: Int, irVersion: Int) -> Bytes {
        // An attribute's type is field 20, whose tag takes two bytes; 2 says that its value is an integer.
        let to = field(1, "to") + varint(3, Int(ElementType.float32.rawValue)) + [0xA0, 0x01, 2]
        return model(field(4, "Cast") + field(5, to), from: type, to: .float32, opset: opset, irVersion: irVersion)
    }

    private static func model(
        _ call: [UInt8], from source: ElementType, to target: ElementType, opset: Int, irVersion: Int
    ) -> Bytes {
        let node = field(1, "x") + field(2, "y") + call
        let graph =
            field(1, node) + field(2, "g") + field(11, field(1, "x") + field(2, tensor(source)))
            + field(12, field(1, "y") + field(2, tensor(target)))
        return Bytes(copying: varint(1, irVersion) + field(7, graph) + field(8, varint(2, opset)))
    }

    private static func tensor(_ type: ElementType) -> [UInt8] {
        let shape = field(1, varint(1, 1))
        return field(1, varint(1, Int(type.rawValue)) + field(2, shape))
    }

    private static func varint(_ number: UInt8, _ value: Int) -> [UInt8] {
        [number << 3, UInt8(truncatingIfNeeded: value & 0x7F)]
    }
    private static func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
        [number << 3 | 2, UInt8(truncatingIfNeeded: content.count)] + content
    }
    private static func field(_ number: UInt8, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }
}

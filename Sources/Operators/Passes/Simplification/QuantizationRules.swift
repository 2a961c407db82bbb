import Graphs
import Tensors

/// Quantised values that take the way through floats for nothing.
enum QuantizationRules {
    /// Quantising with the scale and zero point with which the value was dequantised gives the value back: the product by
    /// a scale and the quotient by it are off by less than half a step.
    static func quantizeOfDequantize(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput,
            let inner = region.producer(of: node.inputs.first ?? "", "DequantizeLinear"),
            Array(inner.node.inputs.dropFirst()) == Array(node.inputs.dropFirst()), node.inputs.count == 3,
            node.int("axis", default: 1) == inner.node.int("axis", default: 1), let value = inner.node.input(0),
            node.attributes.allSatisfy({ $0.name == "axis" }), inner.node.attributes.allSatisfy({ $0.name == "axis" }),
            let type = region.elementType(value), type == .int8 || type == .uint8,
            region.elementType(node.inputs[2]) == type, let scale = region.constant(node.inputs[1]),
            scale.elementType == .float32, let scales = try? scale.doubles(),
            // Neither product nor quotient leaves the range of f32.
            scales.allSatisfy({ $0 > 0x1p-100 && $0 < 0x1p100 })
        else { return false }
        return region.substitute(index, result: result, by: value)
    }
}

import Graphs
import Operators
import Tensors

/// Products of values that were bytes: `MatMul` and `Gemm`, with the bias, activation and quantisation after them.
struct QuantizedProductFusion {
    let quantizesActivations: Bool
    let keepsWeights: Bool
    /// Bytes, scales and zero points of values that were quantised for a product; products of one value share them.
    private var rows: [String: [String]] = [:]

    init(quantizesActivations: Bool, keepsWeights: Bool) {
        (self.quantizesActivations, self.keepsWeights) = (quantizesActivations, keepsWeights)
    }

    mutating func fuse(_ number: Int, _ node: Node, _ index: inout GraphIndex) {
        guard node.inputs.count >= 2, let form = Form(node, &index) else { return }
        let (left, right) = (QuantizedValue(node.inputs[0], &index), form.right)
        if let left, left.axis == nil {
            replace(number, node, form, left: [left.elements, left.scale, left.zeroPoint ?? ""], before: [], &index)
        } else if left == nil, right.constant != nil, index.constant(node.inputs[0]) == nil {
            if quantizesActivations {
                let (operands, before) = quantized(node.inputs[0], &index)
                replace(number, node, form, left: operands, before: before, &index)
            } else if keepsWeights {
                replace(number, node, form, left: [node.inputs[0], "", ""], before: [], &index)
            }
        }
    }

    /// The right factor and what a `Gemm` adds.
    private struct Form {
        let right: QuantizedValue
        let isTransposed: Bool
        let columns: Int?
        var bias: String?

        init?(_ node: Node, _ index: inout GraphIndex) {
            isTransposed = node.number("transB") ?? 0 != 0
            guard let right = QuantizedValue(node.inputs[1], &index), node.number("transA") ?? 0 == 0,
                node.real("alpha") ?? 1 == 1, node.real("beta") ?? 1 == 1
            else { return nil }
            self.right = right
            if let constant = right.constant {
                guard constant.shape.rank == 2, right.axis == nil || right.axis == (isTransposed ? 0 : 1) else {
                    return nil
                }
                columns = constant.shape[isTransposed ? 0 : 1]
            } else {
                guard right.axis == nil, node.operatorType == "MatMul" else { return nil }
                columns = nil
            }
            guard node.inputs.count > 2, !node.inputs[2].isEmpty else { return }
            guard let tensor = index.constant(node.inputs[2]) ?? Self.dequantized(node.inputs[2], index),
                tensor.elementType == .float32, tensor.elementCount == columns, tensor.shape.dimensions.last == columns
            else { return nil }
            bias = index.constant(node.inputs[2]) == nil ? index.add(node.inputs[2] + "_real", tensor) : node.inputs[2]
        }

        private static func dequantized(_ name: String, _ index: GraphIndex) -> Tensor? {
            QuantizedBias.real(name, index)
        }
    }

    private mutating func quantized(_ value: String, _ index: inout GraphIndex) -> ([String], [Node]) {
        if let known = rows[value] { return (known, []) }
        let names = ["_bytes", "_scale", "_zero_point"].map { index.name(value + $0) }
        rows[value] = names
        return (
            names, [Node("DynamicQuantizeRows", inputs: [value], outputs: names, name: value, domain: nativeDomain)]
        )
    }

    private func replace(
        _ number: Int, _ node: Node, _ form: Form, left: [String], before: [Node], _ index: inout GraphIndex
    ) {
        let tail = ResultTail(
            node.outputs[0], index, columns: form.bias == nil ? form.columns : nil, takesGelu: true)
        var rest = tail.inputs
        if let bias = form.bias {
            if rest.isEmpty { rest = [bias] } else { rest[0] = bias }
        }
        let inputs = left + [form.right.elements, form.right.scale, form.right.zeroPoint ?? ""] + rest
        var fused = Node(
            "QuantizedMatMul", inputs: inputs, outputs: [tail.output],
            attributes: [
                Attribute("transB", .int(form.isTransposed ? 1 : 0)), QuantizedTail.attribute(tail.activation),
            ], name: node.name, domain: nativeDomain)
        while fused.inputs.last == "" { fused.inputs.removeLast() }
        for part in tail.nodes { index.replace(part, by: []) }
        index.replace(number, by: before + [fused])
    }
}

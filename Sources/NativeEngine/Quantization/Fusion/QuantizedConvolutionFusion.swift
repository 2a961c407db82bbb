import Graphs
import Operators
import Tensors

/// Convolutions of values that were bytes, with the activation and quantisation after them.
enum QuantizedConvolutionFusion {
    static func fuse(_ number: Int, _ node: Node, _ index: inout GraphIndex) {
        guard node.inputs.count >= 2, let data = QuantizedValue(node.inputs[0], &index), data.axis == nil,
            let weights = QuantizedValue(node.inputs[1], &index), weights.axis == nil || weights.axis == 0,
            let symmetric = Symmetric(weights.elements, zeroPoint: weights.zeroPoint, index)
        else { return }
        var bias: String?
        if node.inputs.count > 2, !node.inputs[2].isEmpty {
            if index.constant(node.inputs[2])?.elementType == .float32 {
                bias = node.inputs[2]
            } else if let real = QuantizedBias.real(node.inputs[2], index) {
                bias = index.add(node.inputs[2] + "_real", real)
            } else {
                return
            }
        }
        let tail = ResultTail(node.outputs[0], index, columns: nil, takesGelu: false)
        let weightName = symmetric.name(&index)
        let inputs =
            [data.elements, data.scale, data.zeroPoint ?? "", weightName, weights.scale, "", bias ?? ""]
            + tail.inputs.dropFirst()
        for part in tail.nodes { index.replace(part, by: []) }
        replace(number, node, inputs, tail, &index)
    }

    /// `QLinearConv`, whose bias is in sums.
    static func fuse(linear number: Int, _ node: Node, _ index: inout GraphIndex) {
        guard node.inputs.count == 9, !node.inputs[8].isEmpty, let sums = index.constant(node.inputs[8]),
            let scale = index.constant(node.inputs[1]), let factor = try? scale.floats(), factor.count == 1,
            let weightScale = index.constant(node.inputs[4]), let scales = try? weightScale.floats(),
            let products = try? Tensor(scales.map { $0 * factor[0] }, shape: [scales.count]),
            let real = QuantizedBias.real(sums, products),
            let symmetric = Symmetric(node.inputs[3], zeroPoint: node.inputs[5], index)
        else { return }
        let bias = index.add(node.inputs[8] + "_real", real)
        var inputs = Array(node.inputs[..<8])
        (inputs[3], inputs[5]) = (symmetric.name(&index), "")
        inputs.insert(bias, at: 6)
        let result = ResultTail(untouched: node.outputs[0])
        replace(number, node, inputs, result, &index)
    }

    private static func replace(
        _ number: Int, _ node: Node, _ inputs: [String], _ tail: ResultTail, _ index: inout GraphIndex
    ) {
        var fused = Node(
            "QuantizedConv", inputs: inputs, outputs: [tail.output],
            attributes: node.attributes + [QuantizedTail.attribute(tail.activation)], name: node.name,
            domain: nativeDomain)
        while fused.inputs.last == "" { fused.inputs.removeLast() }
        index.replace(number, by: [fused])
    }

    /// Constant weights as signed bytes without zero points, which is what oneDNN reads.
    private struct Symmetric {
        private let elements: String
        /// The signed form of unsigned weights.
        private let turned: Tensor?

        init?(_ elements: String, zeroPoint: String?, _ index: GraphIndex) {
            guard let constant = index.constant(elements) else { return nil }
            let middle: Double = constant.elementType == .uint8 ? 128 : 0
            var zeros = [0.0]
            if let zeroPoint {
                guard let numbers = try? index.constant(zeroPoint)?.doubles() else { return nil }
                zeros = numbers
            }
            guard zeros.allSatisfy({ $0 == middle }) else { return nil }
            self.elements = elements
            if constant.elementType == .uint8 {
                guard let bytes = constant.bytes?.array,
                    let tensor = try? Tensor(bytes.map { Int8(bitPattern: $0 ^ 0x80) }, shape: constant.shape)
                else { return nil }
                turned = tensor
            } else {
                turned = nil
            }
        }

        func name(_ index: inout GraphIndex) -> String {
            guard let turned else { return elements }
            return index.add(elements + "_signed", turned)
        }
    }
}

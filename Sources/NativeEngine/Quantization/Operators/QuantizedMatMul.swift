import Graphs
import Operators
import Tensors

/// The product of quantised matrices as reals, with a bias and an activation, quantised again where a scale is given.
///
/// Without a scale the first matrix is real, and the product that of reals.
struct QuantizedMatMul: NativeComposite {
    let name = "QuantizedMatMul"
    let signature = Signature(
        inputs: [
            .init("a", QuantizedTail.bytes.union([.float32])), .init("a_scale", [.float32], .optional),
            .init("a_zero_point", QuantizedTail.bytes, .optional), .init("b", QuantizedTail.bytes),
            .init("b_scale", [.float32]), .init("b_zero_point", QuantizedTail.bytes, .optional),
        ] + QuantizedTail.parameters,
        outputs: [.init("y", nil)],
        attributes: [.init("transB", default: .int(0)), .init("activation", default: .int(0))],
        versions: [1])

    func lowering(_ site: CallSite) -> Lowering? {
        Lowering(
            .quantizedProduct(transposeB: site.int("transB") != 0, QuantizedTail.activation(site)),
            operands: site.present(0..<9))
    }

    func body(_ site: CallSite) -> [Node] {
        var nodes: [Node] = []
        var right = "i3"
        if site.int("transB") != 0 {
            nodes.append(Node("Transpose", inputs: ["i3"], outputs: ["b"]))
            right = "b"
        }
        guard site.hasOperand(1) else { return nodes + realNodes(site, right) }
        let zeros = [2, 5].map { site.hasOperand($0) ? "i\($0)" : "" }
        let real = [Attribute("to", .int(Int(ElementType.float32.rawValue)))]
        nodes += [
            Node("MatMulInteger", inputs: ["i0", right] + zeros, outputs: ["sums"]),
            Node("Cast", inputs: ["sums"], outputs: ["reals"], attributes: real),
            Node("Mul", inputs: ["i1", "i4"], outputs: ["scales"]),
            Node("Mul", inputs: ["reals", "scales"], outputs: ["scaled"]),
        ]
        return nodes + QuantizedTail.nodes(site, from: "scaled", addsBias: true)
    }

    /// The second matrix as reals, and the product with it.
    private func realNodes(_ site: CallSite, _ right: String) -> [Node] {
        let real = [Attribute("to", .int(Int(ElementType.float32.rawValue)))]
        var nodes = [Node("Cast", inputs: [right], outputs: ["elements"], attributes: real)]
        var centred = "elements"
        if site.hasOperand(5) {
            nodes.append(Node("Cast", inputs: ["i5"], outputs: ["zeros"], attributes: real))
            nodes.append(Node("Sub", inputs: [centred, "zeros"], outputs: ["centred"]))
            centred = "centred"
        }
        nodes.append(Node("Mul", inputs: [centred, "i4"], outputs: ["weights"]))
        nodes.append(Node("MatMul", inputs: ["i0", "weights"], outputs: ["product"]))
        return nodes + QuantizedTail.nodes(site, from: "product", addsBias: true)
    }
}

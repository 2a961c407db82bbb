import Graphs
import Operators
import Tensors

/// The product of quantised matrices as reals, with a bias and an activation, quantised again where a scale is given.
struct QuantizedMatMul: NativeComposite {
    let name = "QuantizedMatMul"
    let signature = Signature(
        inputs: [
            .init("a", QuantizedTail.bytes), .init("a_scale", [.float32]),
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
}

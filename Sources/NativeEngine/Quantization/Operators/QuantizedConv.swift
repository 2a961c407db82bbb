import Graphs
import Operators
import Tensors

/// The convolution of quantised data as reals, with a bias and an activation, quantised again where a scale is given.
struct QuantizedConv: NativeComposite {
    let name = "QuantizedConv"
    let signature = Signature(
        inputs: [
            .init("x", QuantizedTail.bytes), .init("x_scale", [.float32]),
            .init("x_zero_point", QuantizedTail.bytes, .optional), .init("w", QuantizedTail.bytes),
            .init("w_scale", [.float32]), .init("w_zero_point", QuantizedTail.bytes, .optional),
        ] + QuantizedTail.parameters, outputs: [.init("y", nil)],
        attributes: (Self.conv?.signature.attributes ?? []) + [.init("activation", default: .int(0))], versions: [1])

    private static var conv: (any Operator)? { OperatorCatalogue.standard.find(domain: "", name: "Conv") }

    /// As the convolution of reals of the same shapes.
    func lowering(_ site: CallSite) -> Lowering? {
        guard site.operands.count > 3 else { return nil }
        var real = site
        real.node = convolution(site, inputs: ["x", "w"])
        real.opset = 17
        real.operands = [0, 3].map { index in
            guard case .tensor(_, let shape)? = site.operands[index]?.type else { return nil }
            return CallSite.Operand(type: .tensor(.float32, shape))
        }
        guard case .convolution(let window, let groups)? = Self.conv?.lowering(real)?.kernel else { return nil }
        return Lowering(
            .quantizedConvolution(window, groups: groups, QuantizedTail.activation(site)),
            operands: site.present(0..<9))
    }

    func body(_ site: CallSite) -> [Node] {
        let zeros = { (index: Int) in site.hasOperand(index) ? ["i\(index)"] : [] }
        let inputs = ["x", "w"] + (site.hasOperand(6) ? ["i6"] : [])
        let channels = [Attribute("axis", .int(0))]
        return [
            Node("DequantizeLinear", inputs: ["i0", "i1"] + zeros(2), outputs: ["x"]),
            Node("DequantizeLinear", inputs: ["i3", "i4"] + zeros(5), outputs: ["w"], attributes: channels),
            convolution(site, inputs: inputs),
        ] + QuantizedTail.nodes(site, from: "real", addsBias: false)
    }

    private func convolution(_ site: CallSite, inputs: [String]) -> Node {
        Node(
            "Conv", inputs: inputs, outputs: ["real"],
            attributes: site.node.attributes.filter { $0.name != "activation" })
    }
}

import Graphs
import Operators
import Tensors

/// Rows of a quantised matrix, dequantised: with one scale and zero point for all, or one for each row of the matrix.
struct QuantizedGather: NativeComposite {
    let name = "QuantizedGather"
    let signature = Signature(
        inputs: [
            .init("table", QuantizedTail.bytes), .init("indices", [.int32, .int64]), .init("scale", [.float32]),
            .init("zero_point", QuantizedTail.bytes, .optional),
        ], outputs: [.init("y", [.float32])], attributes: [.init("perRow", default: .int(0))], versions: [1])

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.quantizedGather, operands: site.present(0..<4)) }

    func body(_ site: CallSite) -> [Node] {
        let real = [Attribute("to", .int(Int(ElementType.float32.rawValue)))]
        var nodes = [
            Node("Gather", inputs: ["i0", "i1"], outputs: ["rows"]),
            Node("Cast", inputs: ["rows"], outputs: ["centred"], attributes: real),
            Node(
                "Constant", inputs: [], outputs: ["last"],
                attributes: [Attribute("value", .tensor(Tensor([Int64(-1)])))]),
        ]
        func parameter(_ input: String, _ name: String) {
            guard site.int("perRow") != 0 else {
                nodes.append(Node("Identity", inputs: [input], outputs: [name]))
                return
            }
            nodes.append(Node("Gather", inputs: [input, "i1"], outputs: [name + ".rows"]))
            nodes.append(Node("Unsqueeze", inputs: [name + ".rows", "last"], outputs: [name]))
        }
        var current = "centred"
        if site.hasOperand(3) {
            parameter("i3", "zeros")
            nodes.append(Node("Cast", inputs: ["zeros"], outputs: ["offset"], attributes: real))
            nodes.append(Node("Sub", inputs: [current, "offset"], outputs: ["shifted"]))
            current = "shifted"
        }
        parameter("i2", "scale")
        return nodes + [Node("Mul", inputs: [current, "scale"], outputs: ["o0"])]
    }
}

import Graphs
import Operators
import Tensors

/// `DynamicQuantizeLinear` with a scale and zero point for each row of the last axis.
struct DynamicQuantizeRows: NativeComposite {
    let name = "DynamicQuantizeRows"
    let signature = Signature(
        inputs: [.init("x", [.float32])],
        outputs: [.init("y", [.uint8]), .init("y_scale", [.float32]), .init("y_zero_point", [.uint8])],
        versions: [1])

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.dynamicQuantization(perRow: true), operands: [0]) }

    func body(_ site: CallSite) -> [Node] {
        let last = [Attribute("axes", .ints([-1]))]
        let constant = { (name: String, value: Float) in
            Node(
                "Constant", inputs: [], outputs: [name],
                attributes: [Attribute("value", .tensor(Tensor(scalar: value)))])
        }
        let bytes = [Attribute("to", .int(Int(ElementType.uint8.rawValue)))]
        return [
            constant("zero", 0), constant("levels", 255), constant("one", 1 / 255),
            Node("ReduceMin", inputs: ["i0"], outputs: ["least"], attributes: last),
            Node("ReduceMax", inputs: ["i0"], outputs: ["greatest"], attributes: last),
            Node("Min", inputs: ["least", "zero"], outputs: ["low"]),
            Node("Max", inputs: ["greatest", "zero"], outputs: ["high"]),
            Node("Sub", inputs: ["high", "low"], outputs: ["range"]),
            Node("Div", inputs: ["range", "levels"], outputs: ["step"]),
            Node("Equal", inputs: ["range", "zero"], outputs: ["empty"]),
            Node("Where", inputs: ["empty", "one", "step"], outputs: ["o1"]),
            Node("Div", inputs: ["low", "o1"], outputs: ["lowest"]),
            Node("Sub", inputs: ["zero", "lowest"], outputs: ["offset"]),
            Node("Clip", inputs: ["offset", "zero", "levels"], outputs: ["clipped"]),
            Node("Round", inputs: ["clipped"], outputs: ["zeros"]),
            Node("Cast", inputs: ["zeros"], outputs: ["o2"], attributes: bytes),
            Node("Div", inputs: ["i0", "o1"], outputs: ["quotient"]),
            Node("Round", inputs: ["quotient"], outputs: ["rounded"]),
            Node("Add", inputs: ["rounded", "zeros"], outputs: ["shifted"]),
            Node("Clip", inputs: ["shifted", "zero", "levels"], outputs: ["quantised"]),
            Node("Cast", inputs: ["quantised"], outputs: ["o0"], attributes: bytes),
        ]
    }
}

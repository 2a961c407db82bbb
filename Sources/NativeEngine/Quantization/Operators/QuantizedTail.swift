import Graphs
import Operators
import Tensors

/// What quantised products and convolutions do with their real results, in standard operators.
enum QuantizedTail {
    /// Inputs 6 to 8 are a bias, and scale and zero point of the result.
    static func nodes(_ site: CallSite, from real: String, addsBias: Bool) -> [Node] {
        var (nodes, current) = ([Node](), real)
        func append(_ operation: String, _ inputs: [String], _ attributes: [Attribute] = []) {
            let output = "tail\(nodes.count)"
            nodes.append(Node(operation, inputs: inputs, outputs: [output], attributes: attributes))
            current = output
        }
        if addsBias, site.hasOperand(6) { append("Add", [current, "i6"]) }
        switch activation(site) {
        case .identity: break
        case .relu: append("Relu", [current])
        case .gelu:
            let value = current
            for (name, number) in [("root", Float(0.5).squareRoot()), ("one", 1), ("half", 0.5)] {
                let tensor = Attribute("value", .tensor(Tensor(scalar: number)))
                nodes.append(Node("Constant", inputs: [], outputs: [name], attributes: [tensor]))
            }
            append("Mul", [value, "root"])
            append("Erf", [current])
            append("Add", [current, "one"])
            append("Mul", [current, value])
            append("Mul", [current, "half"])
        }
        if site.hasOperand(7) {
            append("QuantizeLinear", [current, "i7"] + (site.hasOperand(8) ? ["i8"] : []))
        }
        return nodes + [Node("Identity", inputs: [current], outputs: ["o0"])]
    }

    static func activation(_ site: CallSite) -> Kernel.QuantizedActivation {
        switch site.int("activation") {
        case 1: .relu
        case 2: .gelu
        default: .identity
        }
    }

    static func attribute(_ activation: Kernel.QuantizedActivation) -> Attribute {
        let code =
            switch activation {
            case .identity: 0
            case .relu: 1
            case .gelu: 2
            }
        return Attribute("activation", .int(code))
    }

    static let bytes: Set<ElementType> = [.uint8, .int8]

    /// Inputs from the seventh on.
    static let parameters: [Signature.Parameter] = [
        .init("bias", [.float32], .optional), .init("y_scale", [.float32], .optional),
        .init("y_zero_point", bytes, .optional),
    ]
}

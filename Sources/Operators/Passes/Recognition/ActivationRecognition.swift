import Graphs
import Tensors

/// Activations of the standard, written out.
struct ActivationRecognition: RegionPass {
    let name = "activations"
    let summary =
        "recognise Softplus, HardSigmoid, HardSwish (operator set 14), Mish (18) and Swish (24) written with simpler operators"
    let neededOpset: Int? = 24

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index, "Mul", "Div", "Log"), let result = node.onlyOutput,
                let found = node.operatorType == "Log" ? Self.softplus(node, region) : Self.product(node, region),
                region.elementType(found.x) == .float32 || region.elementType(found.x) == .float64,
                region.allows(found.opset)
            else { continue }
            let activation = Node(
                found.type, inputs: [found.x], outputs: [result], attributes: found.attributes, name: node.name)
            region.replace(index, by: activation)
            region.noteRewrite()
        }
    }

    /// An operator of the standard that a pattern stands for.
    private struct Activation {
        let type: String
        let x: String
        var attributes: [Attribute] = []
        let opset: Int
    }

    /// log(1 + eˣ), the standard's own words for Softplus.
    private static func softplus(_ node: Node, _ region: Region) -> Activation? {
        guard let sum = node.input(0), let exponential = region.summand(of: sum, adding: 1),
            let found = region.producer(of: exponential, "Exp"), let x = found.node.input(0)
        else { return nil }
        return Activation(type: "Softplus", x: x, opset: 1)
    }

    private static func product(_ node: Node, _ region: Region) -> Activation? {
        let terms = ProductTerms(node, region)
        if terms.values.count == 1, terms.factor.isNear(1 / 6), let x = sixth(terms.values[0], region) {
            let attributes = [Attribute("alpha", .float(1 / 6)), Attribute("beta", .float(0.5))]
            return Activation(type: "HardSigmoid", x: x, attributes: attributes, opset: 6)
        }
        guard terms.values.count == 2 else { return nil }
        for place in 0...1 {
            let (x, gate) = (terms.values[place], terms.values[1 - place])
            if terms.factor.isNear(1 / 6), sixth(gate, region) == x {
                return Activation(type: "HardSwish", x: x, opset: 14)
            }
            if terms.factor == 1, let found = gated(x, gate, region) { return found }
        }
        return nil
    }

    /// x · g(x) for the gates that have a name.
    private static func gated(_ x: String, _ gate: String, _ region: Region) -> Activation? {
        guard let found = region.producer(of: gate, "Sigmoid", "HardSigmoid", "Tanh"), let inner = found.node.input(0)
        else { return nil }
        switch found.node.operatorType {
        case "HardSigmoid":
            guard inner == x, Double(found.node.float("alpha", default: 0.2)).isNear(1 / 6),
                found.node.float("beta", default: 0.5) == 0.5
            else { return nil }
            return Activation(type: "HardSwish", x: x, opset: 14)
        case "Tanh":
            guard region.producer(of: inner, "Softplus")?.node.inputs == [x] else { return nil }
            return Activation(type: "Mish", x: x, opset: 18)
        default:
            let argument = region.terms(of: inner)
            guard argument.values == [x], argument.factor != 0 else { return nil }
            return Activation(
                type: "Swish", x: x, attributes: [Attribute("alpha", .float(Float(argument.factor)))], opset: 24)
        }
    }

    /// The x of min(max(x + 3, 0), 6).
    private static func sixth(_ name: String, _ region: Region) -> String? {
        guard let clip = region.producer(of: name, "Clip"), let sum = clip.node.input(0) else { return nil }
        let low = clip.node.input(1).flatMap { region.scalar($0) } ?? Double(clip.node.float("min", default: .nan))
        let high = clip.node.input(2).flatMap { region.scalar($0) } ?? Double(clip.node.float("max", default: .nan))
        guard low == 0, high == 6 else { return nil }
        return region.summand(of: sum, adding: 3)
    }
}

import Graphs
import Tensors

/// `x · sigmoid(alpha x)`.
///
/// Source: Ramachandran, Zoph and Le 2017.
struct Swish: CompositeOperator {
    let name = "Swish"
    let family = OperatorFamily.elementwise
    let agreement = Agreement.approximation
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)],
        attributes: [.init("alpha", default: .float(1))],
        versions: [24])

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        let x = inputs[0]
        guard let type = site.elementType(0) else { return [] }
        let alpha = try attributes(site).float("alpha")
        let scaled = alpha == 1 ? x : body.multiply(x, try body.scalar(Double(alpha), type))
        return [body.multiply(x, body.call("Sigmoid", [scaled]))]
    }

    func lowering(_ site: CallSite) -> Lowering? {
        (try? attributes(site).float("alpha")).map { Lowering(.unary(.swish(alpha: $0)), operands: [0]) }
    }

    var examples: [Example] {
        [
            Example(
                "default", opset: 24, inputs: [.floats([-4, -1, -0.25, 0.75, 2, 5], [2, 3])],
                expected: [
                    .floats([-0.07194484, -0.26894143, -0.109455876, 0.50938404, 1.7615942, 4.9665356], [2, 3])
                ]),
            Example(
                "alpha 0.5", opset: 24, attributes: [.init("alpha", .float(0.5))],
                inputs: [.floats([-4, -1, -0.25, 0.75, 2, 5], [2, 3])],
                expected: [.floats([-0.47681168, -0.37754068, -0.117197655, 0.44449994, 1.4621172, 4.620709], [2, 3])]),
        ]
    }
}

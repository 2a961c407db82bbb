import Graphs
import Tensors

/// `x · tanh(softplus(x))`.
///
/// Source: Misra 2019.
struct Mish: CompositeOperator {
    let name = "Mish"
    let family = OperatorFamily.elementwise
    let agreement = Agreement.approximation
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)],
        versions: [18, 22])

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        let x = inputs[0]

        return [body.multiply(x, body.call("Tanh", [body.call("Softplus", [x])]))]
    }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.unary(.mish), operands: [0]) }

    var examples: [Example] {
        [
            Example(
                "both signs", opset: 18, inputs: [.floats([-4, -1, -0.25, 0.75, 2, 5], [2, 3])],
                expected: [.floats([-0.072591744, -0.30340147, -0.12992696, 0.6100183, 1.943959, 4.9995522], [2, 3])])
        ]
    }
}

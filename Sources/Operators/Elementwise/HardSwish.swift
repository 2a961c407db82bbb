import Graphs
import Tensors

/// `x · max(0, min(1, x / 6 + 1 / 2))`.
///
/// Source: Howard et al. 2019.
struct HardSwish: CompositeOperator {
    let name = "HardSwish"
    let family = OperatorFamily.elementwise
    let agreement = Agreement.approximation
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)],
        versions: [14, 22])

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        let x = inputs[0]

        let gate = body.call("HardSigmoid", [x], [.init("alpha", .float(1 / 6)), .init("beta", .float(0.5))])
        return [body.multiply(x, gate)]
    }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.unary(.hardSwish), operands: [0]) }

    var examples: [Example] {
        [
            Example(
                "around the bends", opset: 14, inputs: [.floats([-4, -1, -0.25, 0.75, 2, 5], [2, 3])],
                expected: [.floats([0, -0.33333334, -0.114583336, 0.46875, 1.6666666, 5], [2, 3])])
        ]
    }
}

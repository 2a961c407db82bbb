import Graphs
import Tensors

/// `x / (1 + |x|)`.
struct Softsign: CompositeOperator {
    let name = "Softsign"
    let family = OperatorFamily.elementwise
    let agreement = Agreement.approximation
    let signature = Signature(
        inputs: [.init("input", TypeSets.floats)], outputs: [.init("output", TypeSets.floats)],
        versions: [1, 22])

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        let x = inputs[0]
        guard let type = site.elementType(0) else { return [] }
        let size = body.add(body.call("Abs", [x]), try body.scalar(1, type))
        return [body.divide(x, size)]
    }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.unary(.softsign), operands: [0]) }

    var examples: [Example] {
        [
            Example(
                "both signs", opset: 9, inputs: [.floats([-4, -1, -0.25, 0.75, 2, 5], [2, 3])],
                expected: [.floats([-0.8, -0.5, -0.2, 0.42857143, 0.6666667, 0.8333333], [2, 3])])
        ]
    }
}

import Graphs
import Tensors

/// Its input, whatever it is.
struct Identity: Operator {
    let name = "Identity"
    let family = OperatorFamily.shape
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("input", nil)], outputs: [.init("output", nil)],
        versions: [1, 13, 14, 16, 19, 21, 23, 24, 25])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [site.operand(0)?.type] }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] { [site.elements(0)] }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        guard let value = call.inputs.first ?? nil else {
            throw OperatorError(.arity, subject: call.path, reason: "input 0 is missing")
        }
        return [value]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        builder.result(0, builder.gradient())
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.view, operands: [0]) }

    var examples: [Example] {
        [
            Example("tensor", opset: 7, inputs: [.floats([1, -2])], expected: [.floats([1, -2])]),
            Example(
                "sequence", opset: 16,
                inputs: [.sequence([.ints([1, 2])], elementType: .tensor(.int64, nil))],
                expected: [.sequence([.ints([1, 2])], elementType: .tensor(.int64, nil))], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// The value inside an optional one; tensors and sequences are passed on.
struct OptionalGetElement: Operator {
    let name = "OptionalGetElement"
    let family = OperatorFamily.optional
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("input", nil)], outputs: [.init("output", nil)], versions: [15, 18, 28])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        if case .optional(let inner)? = site.operand(0)?.type { return [inner] }
        return [site.operand(0)?.type]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        switch call.inputs.first ?? nil {
        case .optional(nil, _)?, nil:
            throw OperatorError(
                .arity, subject: call.path, reason: "the optional value is missing",
                remedy: "ask OptionalHasElement first")
        case .optional(let value?, _)?, .some(let value): return [value]
        }
    }

    /// The gradient of a tensor that is passed on.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        guard site.elementType(0) != nil else { return nil }
        var builder = PullbackBuilder(site)
        builder.result(0, builder.gradient())
        return builder.pullback()
    }

    var examples: [Example] {
        let type = ValueType.tensor(.float32, [.fixed(2)])
        let sequence = Value.sequence([.floats([1, 2])], elementType: type)
        return [
            Example(
                "an optional tensor", opset: 15, inputs: [.optional(.floats([1, 2]), elementType: type)],
                expected: [.floats([1, 2])], isDifferentiable: false),
            Example(
                "an optional sequence", opset: 15,
                inputs: [.optional(sequence, elementType: .sequence(type))], expected: [sequence],
                isDifferentiable: false),
            Example("a tensor", opset: 18, inputs: [.floats([1, 2])], expected: [.floats([1, 2])]),
        ]
    }
}

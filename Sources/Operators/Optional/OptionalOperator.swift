import Graphs
import Tensors

/// A value wrapped as an optional one, or an optional value that is missing.
struct OptionalOperator: Operator {
    let name = "Optional"
    let family = OperatorFamily.optional
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("input", nil, .optional)], outputs: [.init("output", nil)], attributes: [.init("type")],
        versions: [15, 28])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let type = site.hasInput(0) ? site.operand(0)?.type : try attributes(site).optionalType("type")
        return [type.map { .optional($0) }]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        if let value = call.inputs.first ?? nil { return [.optional(value, elementType: value.type)] }
        guard let type = try attributes(call).optionalType("type") else {
            throw OperatorError(
                .attribute, subject: call.path, reason: "a missing value has no type",
                remedy: "give the node an input, or the attribute 'type'")
        }
        return [.optional(nil, elementType: type)]
    }

    var examples: [Example] {
        let type = ValueType.tensor(.float32, [.fixed(2)])
        return [
            Example(
                "a tensor", opset: 15, inputs: [.floats([1, 2])],
                expected: [.optional(.floats([1, 2]), elementType: type)], isDifferentiable: false),
            Example(
                "missing", opset: 15, attributes: [.init("type", .type(type))], inputs: [],
                expected: [.optional(nil, elementType: type)], isDifferentiable: false),
        ]
    }
}

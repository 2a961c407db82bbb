import Graphs
import Tensors

/// Whether there is a value: an optional one that is not missing, or any tensor or sequence.
struct OptionalHasElement: Operator {
    let name = "OptionalHasElement"
    let family = OperatorFamily.optional
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("input", nil, .optional)], outputs: [.init("output", TypeSets.bool)], versions: [15, 18, 28])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [.tensor(.bool, [])] }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let hasElement =
            switch call.inputs.first ?? nil {
            case .optional(let value, _)?: value != nil
            case .some: true
            case nil: false
            }
        return [.tensor(Tensor(scalar: hasElement))]
    }

    var examples: [Example] {
        let type = ValueType.tensor(.float32, [.fixed(2)])
        return [
            Example(
                "present", opset: 15, inputs: [.optional(.floats([1, 2]), elementType: type)],
                expected: [.bools([true], [])], isDifferentiable: false),
            Example(
                "missing", opset: 15, inputs: [.optional(nil, elementType: type)], expected: [.bools([false], [])],
                isDifferentiable: false),
            Example(
                "a tensor", opset: 18, inputs: [.floats([1, 2])], expected: [.bools([true], [])],
                isDifferentiable: false),
            Example(
                "no input", opset: 18, inputs: [], expected: [.bools([false], [])], isDifferentiable: false),
        ]
    }
}

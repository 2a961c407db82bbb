import Graphs
import Tensors

/// A sequence of the given tensors.
struct SequenceConstruct: Operator {
    let name = "SequenceConstruct"
    let family = OperatorFamily.sequence
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("inputs", TypeSets.all, .variadic(minimum: 1))], outputs: [.init("output_sequence", nil)],
        versions: [11])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        _ = try commonElementType(site)
        var common = site.operand(0)?.type
        for operand in site.operands.dropFirst() { common = TypeJoin.common(common, operand?.type) }
        return [common.map { .sequence($0) }]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        var elements: [Value] = []
        for index in call.inputs.indices { elements.append(.tensor(try call.tensor(index))) }
        return [SequenceValue.make(elements, like: elements.first?.type ?? .tensor(.float32, nil))]
    }

    var examples: [Example] {
        let (a, b) = (Value.floats([1]), Value.floats([2, 3]))
        return [
            Example(
                "two tensors", opset: 11, inputs: [a, b],
                expected: [.sequence([a, b], elementType: .tensor(.float32, [.unknown]))], isDifferentiable: false)
        ]
    }
}

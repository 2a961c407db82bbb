import Graphs
import Tensors

/// A sequence without one of its elements: the last, or the one at a place.
struct SequenceErase: Operator {
    let name = "SequenceErase"
    let family = OperatorFamily.sequence
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("input_sequence", nil), .init("position", TypeSets.indices, .optional)],
        outputs: [.init("output_sequence", nil)], versions: [11])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [site.operand(0)?.type] }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let sequence = try call.sequence(0)
        var elements = sequence.elements
        let last = Tensor(scalar: Int64(-1))
        elements.remove(
            at: try SequenceValue.position(
                try call.optionalTensor(1) ?? last, count: elements.count, call.path))
        return [SequenceValue.make(elements, like: sequence.type)]
    }

    var examples: [Example] {
        let type = ValueType.tensor(.float32, [.unknown])
        let (a, b) = (Value.floats([1]), Value.floats([2, 3]))
        let sequence = Value.sequence([a, b], elementType: type)
        return [
            Example(
                "the last", opset: 11, inputs: [sequence], expected: [.sequence([a], elementType: type)],
                isDifferentiable: false),
            Example(
                "at a place", opset: 11, inputs: [sequence, .ints([0], [])],
                expected: [.sequence([b], elementType: type)], isDifferentiable: false),
        ]
    }
}

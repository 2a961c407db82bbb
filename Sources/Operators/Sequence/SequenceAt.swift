import Graphs
import Tensors

/// One element of a sequence.
struct SequenceAt: Operator {
    let name = "SequenceAt"
    let family = OperatorFamily.sequence
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("input_sequence", nil), .init("position", TypeSets.indices)],
        outputs: [.init("tensor", TypeSets.all)], versions: [11])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [site.sequenceElement(0)] }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let elements = try call.sequence(0).elements
        return [elements[try SequenceValue.position(try call.tensor(1), count: elements.count, call.path)]]
    }

    var examples: [Example] {
        let sequence = Value.sequence(
            [.floats([1]), .floats([2, 3])], elementType: .tensor(.float32, [.unknown]))
        return [
            Example(
                "from the front", opset: 11, inputs: [sequence, .ints([0], [])], expected: [.floats([1])],
                isDifferentiable: false),
            Example(
                "from the end", opset: 11, inputs: [sequence, .ints([-1], [])], expected: [.floats([2, 3])],
                isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// A sequence with one more element, at its end or at a place.
struct SequenceInsert: Operator {
    let name = "SequenceInsert"
    let family = OperatorFamily.sequence
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [
            .init("input_sequence", nil), .init("tensor", TypeSets.all), .init("position", TypeSets.indices, .optional),
        ], outputs: [.init("output_sequence", nil)], versions: [11])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        [TypeJoin.common(site.sequenceElement(0), site.operand(1)?.type).map { .sequence($0) }]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let sequence = try call.sequence(0)
        let tensor = try call.tensor(1)
        if case .tensor(let element, _) = sequence.type, element != tensor.elementType {
            throw OperatorError(
                .type, subject: call.path,
                reason: "\(tensor.elementType.name) does not go into a sequence of \(element.name)")
        }
        var elements = sequence.elements
        var place = elements.count
        if let position = try call.optionalTensor(2), try position.integers(call.path) != [elements.count] {
            place = try SequenceValue.position(position, count: elements.count, call.path)
        }
        elements.insert(.tensor(tensor), at: place)
        return [SequenceValue.make(elements, like: sequence.type)]
    }

    var examples: [Example] {
        let type = ValueType.tensor(.float32, [.unknown])
        let (a, b, c) = (Value.floats([1]), Value.floats([2, 3]), Value.floats([4]))
        let sequence = Value.sequence([a, b], elementType: type)
        return [
            Example(
                "at the end", opset: 11, inputs: [sequence, c], expected: [.sequence([a, b, c], elementType: type)],
                isDifferentiable: false),
            Example(
                "at a place", opset: 11, inputs: [sequence, c, .ints([-1], [])],
                expected: [.sequence([a, c, b], elementType: type)], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// Sequences as operators read and write them.
enum SequenceValue {
    /// A sequence whose element type is what its elements have in common, or the given one where it is empty.
    static func make(_ elements: [Value], like type: ValueType) -> Value {
        guard var common = elements.first?.type else { return .sequence([], elementType: type) }
        for element in elements.dropFirst() { common = TypeJoin.common(common, element.type) ?? common }
        return .sequence(elements, elementType: common)
    }

    /// A place in a sequence of `count` elements; negative ones count from the end.
    ///
    /// - Throws: `OperatorError` of code `index` where it is outside.
    static func position(_ tensor: Tensor, count: Int, _ path: String) throws(OperatorError) -> Int {
        let values = try tensor.integers(path)
        guard values.count == 1, values[0] >= -count, values[0] < count else {
            throw OperatorError(
                .index, subject: path, reason: "position \(values) is outside a sequence of \(count) elements")
        }
        return values[0] < 0 ? values[0] + count : values[0]
    }
}

extension Call {
    /// A sequence input.
    ///
    /// - Throws: `OperatorError` of code `type` where it is not a sequence.
    func sequence(_ index: Int) throws(OperatorError) -> (elements: [Value], type: ValueType) {
        guard index < inputs.count, case .sequence(let elements, let type)? = inputs[index] else {
            throw OperatorError(.type, subject: path, reason: "input \(index) is not a sequence")
        }
        return (elements, type)
    }
}

extension CallSite {
    /// The element type of a sequence input, where it is known.
    func sequenceElement(_ index: Int) -> ValueType? {
        if case .sequence(let element)? = operand(index)?.type { element } else { nil }
    }
}

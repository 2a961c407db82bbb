import Graphs
import Tensors

/// A graph run on each element of a sequence, or on the elements of several sequences side by side; tensors beside the
/// first input are given to every run whole.
struct SequenceMap: Operator {
    let name = "SequenceMap"
    let family = OperatorFamily.sequence
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [.init("input_sequence", nil), .init("additional_inputs", nil, .variadic(minimum: 0))],
        outputs: [.init("out_sequence", nil, .variadic(minimum: 1))], attributes: [.init("body", isRequired: true)],
        versions: [17])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let infer = site.inferBody else { return [] }
        let inputs = site.operands.map { operand -> ValueType? in
            if case .sequence(let element)? = operand?.type { element } else { operand?.type }
        }
        return try infer("body", inputs).map { $0.map { .sequence($0) } }
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let body = try attributes(call).graph("body")
        let count = try call.sequence(0).elements.count
        guard body.inputs.count == call.inputs.count else {
            throw OperatorError(
                .arity, subject: call.path,
                reason: "its body takes \(body.inputs.count) inputs and the node gives \(call.inputs.count)")
        }
        var collected = [[Value]](repeating: [], count: body.outputs.count)
        for index in 0..<count {
            let results = try call.runBody("body", try elements(call, at: index, of: count))
            for (output, value) in results.enumerated() { collected[output].append(value) }
        }
        return zip(collected, body.outputs).map { elements, output in
            SequenceValue.make(elements, like: output.type ?? .tensor(.float32, nil))
        }
    }

    /// What one run of the body is given.
    private func elements(_ call: Call, at index: Int, of count: Int) throws(OperatorError) -> [Value] {
        var values: [Value] = []
        for (position, input) in call.inputs.enumerated() {
            switch input {
            case .sequence(let elements, _)?:
                guard elements.count == count else {
                    throw OperatorError(
                        .shape, subject: call.path,
                        reason: "input \(position) has \(elements.count) elements where the first has \(count)")
                }
                values.append(elements[index])
            case let value?: values.append(value)
            case nil: throw OperatorError(.arity, subject: call.path, reason: "input \(position) is missing")
            }
        }
        return values
    }

    var examples: [Example] {
        let float = ValueType.tensor(.float32, [.unknown])
        let body = Graph(
            name: "body", nodes: [Node("Add", inputs: ["a", "b"], outputs: ["c"])],
            inputs: [ValueInfo("a", float), ValueInfo("b", float)], outputs: [ValueInfo("c", float)])
        let attributes = [Attribute("body", .graph(body))]
        let sequence = Value.sequence([.floats([1]), .floats([2, 3])], elementType: float)
        return [
            Example(
                "a sequence and a tensor", opset: 17, attributes: attributes, inputs: [sequence, .floats([10])],
                expected: [.sequence([.floats([11]), .floats([12, 13])], elementType: float)], isDifferentiable: false),
            Example(
                "two sequences", opset: 17, attributes: attributes, inputs: [sequence, sequence],
                expected: [.sequence([.floats([2]), .floats([4, 6])], elementType: float)], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// A tensor cut along an axis into a sequence: into parts of given lengths, of one length, or into single slices.
struct SplitToSequence: Operator {
    let name = "SplitToSequence"
    let family = OperatorFamily.sequence
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("input", TypeSets.all), .init("split", TypeSets.indices, .optional)],
        outputs: [.init("output_sequence", nil)],
        attributes: [.init("axis", default: .int(0)), .init("keepdims", default: .int(1))], versions: [11, 24])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard case .tensor(let element, let shape)? = site.operand(0)?.type else { return [nil] }
        guard var dimensions = shape?.dimensions else { return [.sequence(.tensor(element, nil))] }
        let attributes = attributes(site)
        let axis = try Axes.normalize(try attributes.int("axis"), rank: dimensions.count, site.path)
        if site.hasInput(1) {
            dimensions[axis] = .unknown
        } else if try attributes.flag("keepdims") {
            dimensions[axis] = .fixed(1)
        } else {
            dimensions.remove(at: axis)
        }
        return [.sequence(.tensor(element, SymbolicShape(dimensions)))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let tensor = try call.tensor(0)
        let axis = try Axes.normalize(try attributes.int("axis"), rank: tensor.shape.rank, call.path)
        let extent = tensor.shape[axis]
        var elements: [Value] = []
        var start = 0
        for length in try lengths(call, extent) {
            var slices: [Tensor] = []
            for index in start..<start + length {
                slices.append(try Stacking.slice(tensor, axis: axis, index: index, call.path))
            }
            start += length
            if call.inputs.count < 2 || call.inputs[1] == nil, try !attributes.flag("keepdims") {
                elements.append(.tensor(slices[0]))
            } else if let part = try Stacking.stack(slices, axis: axis, call.path) {
                elements.append(.tensor(part))
            } else {
                var shape = tensor.shape
                shape[axis] = 0
                elements.append(.tensor(try EmptyTensor.make(tensor.elementType, shape, call.path)))
            }
        }
        return [SequenceValue.make(elements, like: .tensor(tensor.elementType, nil))]
    }

    private func lengths(_ call: Call, _ extent: Int) throws(OperatorError) -> [Int] {
        guard let split = try call.optionalTensor(1) else { return Array(repeating: 1, count: extent) }
        let values = try split.integers(call.path)
        if split.shape.rank == 0, let size = values.first {
            guard size > 0 else {
                throw OperatorError(.index, subject: call.path, reason: "parts cannot have length \(size)")
            }
            return stride(from: 0, to: extent, by: size).map { min(size, extent - $0) }
        }
        guard values.allSatisfy({ $0 >= 0 && $0 <= extent }), values.reduce(0, &+) == extent else {
            throw OperatorError(
                .shape, subject: call.path, reason: "parts of lengths \(values) do not make up an extent of \(extent)")
        }
        return values
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6], [3, 2])
        let element = ValueType.tensor(.float32, [.unknown, .fixed(2)])
        return [
            Example(
                "single slices", opset: 11, attributes: [.init("keepdims", .int(0))], inputs: [data],
                expected: [
                    .sequence(
                        [.floats([1, 2]), .floats([3, 4]), .floats([5, 6])], elementType: .tensor(.float32, [.fixed(2)])
                    )
                ], isDifferentiable: false),
            Example(
                "parts of one length", opset: 11, inputs: [data, .ints([2], [])],
                expected: [
                    .sequence([.floats([1, 2, 3, 4], [2, 2]), .floats([5, 6], [1, 2])], elementType: element)
                ], isDifferentiable: false),
            Example(
                "parts of given lengths along the last axis", opset: 11, attributes: [.init("axis", .int(1))],
                inputs: [data, .ints([1, 1])],
                expected: [
                    .sequence(
                        [.floats([1, 3, 5], [3, 1]), .floats([2, 4, 6], [3, 1])],
                        elementType: .tensor(.float32, [.fixed(3), .fixed(1)]))
                ], isDifferentiable: false),
        ]
    }
}

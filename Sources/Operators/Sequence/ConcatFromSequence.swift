import Graphs
import Tensors

/// The elements of a sequence joined along an axis, which may be a new one.
struct ConcatFromSequence: Operator {
    let name = "ConcatFromSequence"
    let family = OperatorFamily.sequence
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("input_sequence", nil)], outputs: [.init("concat_result", TypeSets.all)],
        attributes: [.init("axis", isRequired: true), .init("new_axis", default: .int(0))], versions: [11])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard case .tensor(let element, let shape)? = site.sequenceElement(0) else { return [nil] }
        guard var dimensions = shape?.dimensions else { return [.tensor(element, nil)] }
        let attributes = attributes(site)
        let isNew = try attributes.flag("new_axis")
        let axis = try Axes.normalize(
            try attributes.int("axis"), rank: dimensions.count + (isNew ? 1 : 0), site.path)
        if isNew { dimensions.insert(.unknown, at: axis) } else { dimensions[axis] = .unknown }
        return [.tensor(element, SymbolicShape(dimensions))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let tensors = try call.sequence(0).elements.compactMap(\.tensor)
        guard let first = tensors.first else {
            throw OperatorError(.arity, subject: call.path, reason: "an empty sequence cannot be joined")
        }
        let axis = try attributes.int("axis")
        if try attributes.flag("new_axis") {
            guard let stacked = try Stacking.stack(tensors, axis: axis, call.path) else { return [] }
            return [.tensor(stacked)]
        }
        let place = try Axes.normalize(axis, rank: first.shape.rank, call.path)
        // Each tensor falls into slices along the axis; all slices are stacked, and the axis of each is gone.
        var slices: [Tensor] = []
        for tensor in tensors {
            guard tensor.shape.rank == first.shape.rank else {
                throw OperatorError(.shape, subject: call.path, reason: "its elements have different ranks")
            }
            for index in 0..<tensor.shape[place] {
                slices.append(try Stacking.slice(tensor, axis: place, index: index, call.path))
            }
        }
        guard let stacked = try Stacking.stack(slices, axis: place, call.path) else { return [.tensor(first)] }
        return [.tensor(stacked)]
    }

    var examples: [Example] {
        let sequence = Value.sequence(
            [.floats([1, 2], [1, 2]), .floats([3, 4], [1, 2])], elementType: .tensor(.float32, [.fixed(1), .fixed(2)]))
        return [
            Example(
                "along an axis", opset: 11, attributes: [.init("axis", .int(-1))], inputs: [sequence],
                expected: [.floats([1, 2, 3, 4], [1, 4])], isDifferentiable: false),
            Example(
                "along a new axis", opset: 11, attributes: [.init("axis", .int(0)), .init("new_axis", .int(1))],
                inputs: [sequence], expected: [.floats([1, 2, 3, 4], [2, 1, 2])], isDifferentiable: false),
        ]
    }
}

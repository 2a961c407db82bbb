import Graphs
import Tensors

/// A tensor cut or filled up with zeros around its centre to given extents.
struct CenterCropPad: Operator {
    let name = "CenterCropPad"
    let family = OperatorFamily.shape
    let agreement = Agreement.exact
    private static let types = TypeSets.classic.union([.bfloat16])
    let signature = Signature(
        inputs: [.init("input_data", Self.types), .init("shape", TypeSets.indices)],
        outputs: [.init("output_data", Self.types)], attributes: [.init("axes")], versions: [18])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        guard var dimensions = site.shape(0)?.dimensions else { return [.tensor(type, nil)] }
        let axes = try axes(attributes(site), rank: dimensions.count)
        let elements = site.elements(1)
        if let elements { try check(axes, count: elements.count, site.path) }
        for (index, axis) in axes.enumerated() { dimensions[axis] = elements?[index] ?? .unknown }
        return [.tensor(type, SymbolicShape(dimensions))]
    }

    private func axes(_ attributes: Attributes, rank: Int) throws(OperatorError) -> [Int] {
        guard let axes = try attributes.optionalInts("axes") else { return Array(0..<rank) }
        return try Axes.normalize(axes, rank: rank, attributes.path)
    }

    private func check(_ axes: [Int], count: Int, _ path: String) throws(OperatorError) {
        guard axes.count == count else {
            throw OperatorError(
                .shape, subject: path, reason: "shape has \(count) elements for \(axes.count) axes")
        }
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let extents = try call.tensor(1).integers(call.path)
        let axes = try axes(attributes(call), rank: data.shape.rank)
        try check(axes, count: extents.count, call.path)
        var target = data.shape
        for (axis, extent) in zip(axes, extents) { target[axis] = extent }
        _ = try target.allocatableCount(call.path)
        let movement = CenteredWindow(source: data.shape, target: target)
        return [.tensor(try data.rearranged(to: target, movement, path: call.path))]
    }

    /// The gradient around its centre in the extents of the input: what was cut off has none, what was filled in is
    /// dropped.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let axes = try attributes(site).optionalInts("axes")
        var shape = builder.body.shape(builder.input(0))
        if let axes { shape = builder.body.call("Gather", [shape, builder.body.integers(axes)]) }
        builder.result(
            0,
            builder.body.call(
                name, [builder.gradient(), shape], axes.map { [Attribute("axes", .ints($0))] } ?? []))
        return builder.pullback()
    }

    /// Copies the part that both shapes have in common, counted from their centres; an odd element stands at the end.
    private struct CenteredWindow: RearrangementKernel {
        let source: Shape
        let target: Shape

        func run<T: Sendable>(_ elements: [T], zero: T) throws(OperatorError) -> [T] {
            var result = [T](repeating: zero, count: target.elementCount)
            let common = source.indices.map { min(source[$0], target[$0]) }
            let from = source.indices.map { (source[$0] - common[$0]) / 2 }
            let to = source.indices.map { (target[$0] - common[$0]) / 2 }
            let (sourceStrides, targetStrides) = (source.strides, target.strides)
            for position in Odometer(common) {
                var (read, write) = (0, 0)
                for axis in position.indices {
                    read += (position[axis] + from[axis]) * sourceStrides[axis]
                    write += (position[axis] + to[axis]) * targetStrides[axis]
                }
                result[write] = elements[read]
            }
            return result
        }
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6, 7, 8], [2, 4])
        return [
            Example(
                "cropped and padded", opset: 18, inputs: [data, .ints([3, 3])], constantInputs: [1],
                expected: [.floats([1, 2, 3, 5, 6, 7, 0, 0, 0], [3, 3])]),
            Example(
                "one axis", opset: 18, attributes: [.init("axes", .ints([-1]))], inputs: [data, .ints([2])],
                constantInputs: [1], expected: [.floats([2, 3, 6, 7], [2, 2])]),
            Example(
                "strings", opset: 18, inputs: [.strings(["a", "b"]), .ints([5])],
                expected: [.strings(["", "a", "b", "", ""])], isDifferentiable: false),
        ]
    }
}

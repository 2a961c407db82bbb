import Graphs
import Tensors

/// Maxima put back where a pooling found them, with zeros elsewhere.
///
/// Where two maxima come from one place, the later stands; the gradient is that of each.
struct MaxUnpool: Operator {
    let name = "MaxUnpool"
    let family = OperatorFamily.pooling
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [
            .init("X", TypeSets.floats), .init("I", TypeSets.int64), .init("output_shape", TypeSets.int64, .optional),
        ], outputs: [.init("output", TypeSets.floats)],
        attributes: [.init("kernel_shape", isRequired: true), .init("pads"), .init("strides")], versions: [9, 11, 22])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        if site.hasInput(2) {
            return [
                .tensor(type, site.elements(2).map { SymbolicShape($0) } ?? site.rank(0).map { .unknown(rank: $0) })
            ]
        }
        guard let dimensions = site.shape(0)?.dimensions else { return [.tensor(type, nil)] }
        let window = try window(attributes(site), rank: dimensions.count)
        let extents = dimensions[2...].enumerated().map { axis, extent -> Dimension in
            extent.value.map { .fixed(Self.extent($0, window, axis)) } ?? .unknown
        }
        return [.tensor(type, SymbolicShape(Array(dimensions[..<2]) + extents))]
    }

    private func window(_ attributes: Attributes, rank: Int) throws(OperatorError) -> SlidingWindow {
        let window = try SlidingWindow(
            size: try attributes.ints("kernel_shape"), strides: try attributes.optionalInts("strides"), dilations: nil,
            pads: try attributes.optionalInts("pads"), automaticPadding: "NOTSET", path: attributes.path)
        guard rank == window.rank + 2 else {
            throw OperatorError(
                .shape, subject: attributes.path,
                reason: "data of rank \(rank) does not fit a window of \(window.rank) axes")
        }
        return window
    }

    /// The least extent that pools to the given one.
    private static func extent(_ pooled: Int, _ window: SlidingWindow, _ axis: Int) -> Int {
        let (begin, end) = window.padding(axis, extent: 0)
        return max(0, (pooled &- 1) &* window.strides[axis] &- (begin + end) &+ window.size[axis])
    }

    /// The shape that the indices count in.
    private func pooledShape(_ data: Shape, _ attributes: Attributes) throws(OperatorError) -> Shape {
        let window = try window(attributes, rank: data.rank)
        let extents = data[2...].enumerated().map { Self.extent($1, window, $0) }
        return Shape(Array(data.dimensions[..<2]) + extents)
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let (data, indices) = (try call.tensor(0), try call.tensor(1))
            guard data.shape == indices.shape else {
                throw OperatorError(
                    .shape, subject: call.path,
                    reason: "indices of shape \(indices.shape) do not fit data of shape \(data.shape)")
            }
            let shape = try pooledShape(data.shape, attributes)
            let target = try call.optionalIntegers(2).map { Shape($0) } ?? shape
            _ = try shape.allocatableCount(call.path)
            _ = try target.allocatableCount(call.path)
            guard target.rank == shape.rank, zip(shape, target).allSatisfy({ $0 <= $1 }) else {
                throw OperatorError(
                    .shape, subject: call.path, reason: "output_shape \(target) does not hold \(shape)")
            }
            let positions = try Indices.normalize(
                try indices.integers(call.path), extent: shape.elementCount, call.path)
            let kernel = UnpoolKernel(positions: positions, shape: shape, target: target)
            return [.tensor(try data.rearranged(to: target, kernel, path: call.path))]
        }
    }

    private struct UnpoolKernel: RearrangementKernel {
        let positions: [Int]
        let shape: Shape
        let target: Shape

        func run<T: Sendable>(_ elements: [T], zero: T) throws(OperatorError) -> [T] {
            var result = [T](repeating: zero, count: target.elementCount)
            let strides = target.strides
            for (element, position) in zip(elements, positions) {
                let index = shape.index(ofElement: position)
                result[zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }] = element
            }
            return result
        }
    }

    /// The gradient read at the places of the maxima.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        var gradient = builder.gradient()
        if site.hasInput(2) {
            let shape = try pooledShape(try site.requireFixedShape(0), attributes(site))
            gradient = builder.body.slice(
                gradient, starts: shape.map { _ in 0 }, ends: shape.dimensions, axes: Array(shape.indices))
        }
        let flat = builder.body.reshape(gradient, to: builder.body.integers([-1]))
        builder.result(0, builder.body.call("Gather", [flat, builder.input(1)]))
        return builder.pullback()
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4], [1, 1, 2, 2])
        let indices = Value.ints([5, 7, 13, 15], [1, 1, 2, 2])
        let twos: [Attribute] = [.init("kernel_shape", .ints([2, 2])), .init("strides", .ints([2, 2]))]
        let row: [Float] = [0, 0, 0, 0]
        return [
            Example(
                "the least shape", opset: 9, attributes: twos, inputs: [data, indices],
                expected: [.floats(row + [0, 1, 0, 2] + row + [0, 3, 0, 4], [1, 1, 4, 4])]),
            Example(
                "a shape", opset: 22, attributes: twos, inputs: [data, indices, .ints([1, 1, 4, 5])],
                constantInputs: [2],
                expected: [.floats(row + [0, 0, 1, 0, 2, 0] + row + [0, 0, 3, 0, 4, 0], [1, 1, 4, 5])]),
            Example(
                "padded, one axis", opset: 11,
                attributes: [
                    .init("kernel_shape", .ints([3])), .init("strides", .ints([2])), .init("pads", .ints([1, 0])),
                ], inputs: [.floats([1, 2], [1, 1, 2]), .ints([1, 3], [1, 1, 2])],
                expected: [.floats([0, 1, 0, 2], [1, 1, 4])]),
        ]
    }
}

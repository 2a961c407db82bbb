import Graphs
import Tensors

/// The largest element under each window, and where it was found.
struct MaxPool: PoolingOperator {
    let name = "MaxPool"
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats.union([.int8, .uint8]))],
        outputs: [
            .init("Y", TypeSets.floats.union([.int8, .uint8])), .init("Indices", TypeSets.int64, .optional),
        ], attributes: rules + [.init("storage_order", default: .int(0))], versions: [1, 8, 10, 11, 12, 22])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let shape = try pooledShape(site)
        return [site.elementType(0).map { .tensor($0, shape) }, .tensor(.int64, shape)]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            let kernel = MaximumKernel(
                problem: try problem(data.shape, attributes), data: data, wantsIndices: call.site.hasOutput(1),
                isColumnMajor: try attributes.flag("storage_order"), path: call.path)
            return try data.elementType.dispatch(kernel, path: call.path)
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let problem = try gradientProblem(site)
        if let pullback = emptyPullback(site, problem) { return pullback }
        var builder = PullbackBuilder(site)
        let pooled = builder.body.call(
            "MaxPool", [builder.input(0)], outputCount: 2,
            site.node.attributes.filter { $0.name != "storage_order" })
        let upstream = builder.gradient()
        let gradient =
            builder.body.opset >= 16
            ? try MaximumGradient.scattered(&builder, upstream, places: pooled[1], problem)
            : try MaximumGradient.unrolled(&builder, upstream, places: pooled[1], problem)
        builder.result(0, gradient)
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard !site.hasOutput(1), let window = loweredWindow(site) else { return nil }
        return Lowering(.pooling(.maximum, window), operands: [0])
    }

    var examples: [Example] {
        let image = Value.noise([1, 2, 5, 5])
        let ramp = Value.floats((1...16).map(Float.init), [1, 1, 4, 4])
        let ints = { (name: String, values: [Int]) in Attribute(name, .ints(values)) }
        let kernel = { (values: [Int]) in Attribute("kernel_shape", .ints(values)) }
        return [
            Example(
                "halved", opset: 12, attributes: [kernel([2, 2]), ints("strides", [2, 2])], inputs: [ramp],
                expected: [.floats([6, 8, 14, 16], [1, 1, 2, 2])]),
            Example(
                "overlapping, padded", opset: 8, attributes: [kernel([3, 3]), ints("pads", [1, 1, 1, 1])],
                inputs: [image]),
            Example(
                "overlapping, newest", opset: 22,
                attributes: [kernel([3, 2]), ints("strides", [2, 1]), ints("pads", [1, 0, 1, 1])], inputs: [image]),
            Example(
                "with indices", opset: 12, attributes: [kernel([2, 2]), ints("strides", [2, 2])], inputs: [ramp],
                outputCount: 2,
                expected: [.floats([6, 8, 14, 16], [1, 1, 2, 2]), .ints([5, 7, 13, 15], [1, 1, 2, 2])]),
            Example(
                "column-major indices", opset: 12,
                attributes: [kernel([2, 2]), ints("strides", [2, 2]), Attribute("storage_order", .int(1))],
                inputs: [ramp], outputCount: 2,
                expected: [.floats([6, 8, 14, 16], [1, 1, 2, 2]), .ints([5, 13, 7, 15], [1, 1, 2, 2])]),
            Example(
                "partly filled last window", opset: 11,
                attributes: [kernel([3, 3]), ints("strides", [2, 2]), Attribute("ceil_mode", .int(1))], inputs: [ramp],
                expected: [.floats([11, 12, 15, 16], [1, 1, 2, 2])]),
            Example("dilated", opset: 16, attributes: [kernel([2, 2]), ints("dilations", [2, 2])], inputs: [image]),
            Example(
                "SAME_LOWER", opset: 11,
                attributes: [kernel([2, 2]), Attribute("auto_pad", .string("SAME_LOWER"))], inputs: [image]),
            Example(
                "one axis", opset: 12, attributes: [kernel([2])], inputs: [.floats([3, 1, 2, 5], [1, 1, 4])],
                expected: [.floats([3, 2, 5], [1, 1, 3])]),
            Example("three axes", opset: 12, attributes: [kernel([2, 2, 2])], inputs: [.noise([1, 1, 3, 3, 3])]),
            Example(
                "bytes", opset: 12, attributes: [kernel([2])], inputs: [.tensor([UInt8(7), 200, 3], [1, 1, 3])],
                expected: [.tensor([UInt8(200), 200], [1, 1, 2])], isDifferentiable: false),
        ]
    }
}

/// Largest elements and their places.
private struct MaximumKernel: NumberKernel {
    let problem: PoolingProblem
    let data: Tensor
    let wantsIndices: Bool
    let isColumnMajor: Bool
    let path: String

    func run<T: Number>(_ type: T.Type) throws(OperatorError) -> [Value] {
        let values: [T] = try data.elements(path)
        guard wantsIndices else {
            return [try .make(problem.maximumValues(values, lowest: T.lowest), problem.resultShape, path)]
        }
        let (maxima, places) = problem.maxima(values, lowest: T.lowest)
        let order = isColumnMajor ? columnMajor() : nil
        let indices = places.enumerated().map { index, place in
            Int64(index / max(1, problem.resultCount) * problem.dataCount + (order?[place] ?? place))
        }
        return [try .make(maxima, problem.resultShape, path), try .make(indices, problem.resultShape, path)]
    }

    /// The column-major number of each row-major place of a plane.
    private func columnMajor() -> [Int] {
        var steps = [Int](repeating: 1, count: problem.dataExtents.count)
        for axis in steps.indices.dropFirst() { steps[axis] = steps[axis - 1] * problem.dataExtents[axis - 1] }
        return Odometer(problem.dataExtents).map { zip($0, steps).reduce(0) { $0 + $1.0 * $1.1 } }
    }
}

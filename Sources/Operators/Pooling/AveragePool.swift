import Graphs
import Tensors

/// The mean of the elements under each window; padding counts as zeros or not at all.
struct AveragePool: PoolingOperator {
    let name = "AveragePool"
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)],
        attributes: rules + [.init("count_include_pad", default: .int(0))], versions: [7, 10, 11, 19, 22])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let shape = try pooledShape(site)
        return [site.elementType(0).map { .tensor($0, shape) }]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            let kernel = MeanKernel(
                problem: try problem(data.shape, attributes), data: data,
                countsPadding: try attributes.flag("count_include_pad"), path: call.path)
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    /// Each gradient, divided by the elements its window counted, goes back to all of them: the transposed convolution
    /// with a window of ones.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let problem = try gradientProblem(site)
        if let pullback = emptyPullback(site, problem) { return pullback }
        let counts = problem.windowCounts(countsPadding: try attributes(site).flag("count_include_pad"))
        let type = try site.requireElementType(0)
        var gradient = ConvolutionGradient(
            builder: PullbackBuilder(site), window: MaximumGradient.paddedToFit(problem), groups: 1)
        let shares = try Conversion.convert(
            try Tensor.make(counts.map { 1 / Float($0) }, Shape([1, 1] + problem.resultExtents), site.path), to: type,
            site.path)
        let planes = gradient.builder.body.reshape(
            gradient.builder.gradient(), to: gradient.builder.body.integers([-1, 1] + problem.resultExtents))
        let shared = gradient.builder.body.multiply(planes, gradient.builder.body.constant(shares))
        let ones = try Conversion.convert(
            try Tensor.make(
                [Float](repeating: 1, count: problem.window.size.extentProduct), Shape([1, 1] + problem.window.size),
                site.path), to: type, site.path)
        let sum = try gradient.data(
            shared, weights: gradient.builder.body.constant(ones),
            dataExtents: problem.dataExtents.map(Dimension.fixed),
            resultExtents: problem.resultExtents.map(Dimension.fixed))
        gradient.builder.result(
            0,
            gradient.builder.body.reshape(
                sum, to: gradient.builder.body.integers([problem.images, problem.channels] + problem.dataExtents)))
        return gradient.builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let window = loweredWindow(site), window.dilations.allSatisfy({ $0 == 1 }),
            let countsPadding = try? attributes(site).flag("count_include_pad")
        else { return nil }
        return Lowering(.pooling(.average(countsPadding: countsPadding), window), operands: [0])
    }

    var examples: [Example] {
        let image = Value.noise([1, 2, 5, 5])
        let ints = { (name: String, values: [Int]) in Attribute(name, .ints(values)) }
        let kernel = { (values: [Int]) in Attribute("kernel_shape", .ints(values)) }
        let countsPadding = Attribute("count_include_pad", .int(1))
        return [
            Example(
                "halved", opset: 11, attributes: [kernel([2, 2]), ints("strides", [2, 2])],
                inputs: [.floats((1...16).map(Float.init), [1, 1, 4, 4])],
                expected: [.floats([3.5, 5.5, 11.5, 13.5], [1, 1, 2, 2])]),
            Example(
                "padded, not counted", opset: 7, attributes: [kernel([3, 3]), ints("pads", [1, 1, 1, 1])],
                inputs: [image]),
            Example(
                "padded and counted", opset: 11,
                attributes: [kernel([3, 3]), ints("pads", [1, 1, 1, 1]), ints("strides", [2, 2]), countsPadding],
                inputs: [image]),
            Example(
                "partly filled last window", opset: 22,
                attributes: [
                    kernel([2, 2]), ints("strides", [2, 2]), Attribute("ceil_mode", .int(1)), countsPadding,
                ],
                inputs: [image]),
            Example("dilated", opset: 19, attributes: [kernel([2, 2]), ints("dilations", [2, 2])], inputs: [image]),
            Example(
                "SAME_UPPER", opset: 10,
                attributes: [kernel([2, 2]), Attribute("auto_pad", .string("SAME_UPPER"))], inputs: [image]),
            Example(
                "one axis", opset: 11, attributes: [kernel([2])], inputs: [.floats([3, 1, 2, 5], [1, 1, 4])],
                expected: [.floats([2, 1.5, 3.5], [1, 1, 3])]),
            Example("three axes", opset: 11, attributes: [kernel([2, 1, 2])], inputs: [.noise([1, 1, 3, 3, 3])]),
        ]
    }
}

/// Means under windows.
private struct MeanKernel: RealKernel {
    let problem: PoolingProblem
    let data: Tensor
    let countsPadding: Bool
    let path: String

    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
        let values: [T] = try data.elements(path)
        return try .make(problem.means(values, countsPadding: countsPadding), problem.resultShape, path)
    }
}

import Graphs
import Tensors

/// The p-norm of the elements under each window.
struct LpPool: PoolingOperator {
    let name = "LpPool"
    let agreement = Agreement.approximation
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)],
        attributes: rules + [.init("p", default: .int(2))], versions: [2, 11, 18, 22])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let shape = try pooledShape(site)
        return [site.elementType(0).map { .tensor($0, shape) }]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let exponent = try attributes.int("p")
        guard exponent > 0 else {
            throw OperatorError(.attribute, subject: call.path, reason: "p is \(exponent)", remedy: "use 1 or more")
        }
        return try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            let kernel = NormKernel(
                problem: try problem(data.shape, attributes), data: data, exponent: exponent, path: call.path)
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    /// With y the norm, ∂y/∂x = sign(x) · (|x| / y)^(p−1): the gradients over y^(p−1) rolled up by a transposed
    /// convolution with ones, times sign(x) · |x|^(p−1).
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let problem = try gradientProblem(site)
        if let pullback = emptyPullback(site, problem) { return pullback }
        let exponent = try attributes(site).int("p")
        let type = try site.requireElementType(0)
        var gradient = ConvolutionGradient(
            builder: PullbackBuilder(site), window: MaximumGradient.paddedToFit(problem), groups: 1)
        let upstream = gradient.builder.gradient()
        let power = try gradient.builder.scalar(Double(exponent) - 1)
        let scaled = gradient.builder.body.divide(
            upstream, gradient.builder.body.call("Pow", [gradient.builder.output(0), power]))
        let planes = gradient.builder.body.reshape(
            scaled, to: gradient.builder.body.integers([-1, 1] + problem.resultExtents))
        let ones = try Conversion.convert(
            try Tensor.make(
                [Float](repeating: 1, count: problem.window.size.extentProduct), Shape([1, 1] + problem.window.size),
                site.path), to: type, site.path)
        let sum = try gradient.data(
            planes, weights: gradient.builder.body.constant(ones),
            dataExtents: problem.dataExtents.map(Dimension.fixed),
            resultExtents: problem.resultExtents.map(Dimension.fixed))
        let whole = gradient.builder.body.reshape(
            sum, to: gradient.builder.body.integers([problem.images, problem.channels] + problem.dataExtents))
        let input = gradient.builder.input(0)
        let sign = gradient.builder.body.call("Sign", [input])
        let magnitude = gradient.builder.body.call("Pow", [gradient.builder.body.call("Abs", [input]), power])
        gradient.builder.result(
            0, gradient.builder.body.multiply(whole, gradient.builder.body.multiply(sign, magnitude)))
        return gradient.builder.pullback()
    }

    var examples: [Example] {
        let kernel = { (values: [Int]) in Attribute("kernel_shape", .ints(values)) }
        return [
            Example(
                "Euclidean", opset: 11, attributes: [kernel([2])], inputs: [.floats([3, -4, 0], [1, 1, 3])],
                expected: [.floats([5, 4], [1, 1, 2])]),
            Example(
                "sum of magnitudes, padded", opset: 18,
                attributes: [kernel([2, 2]), Attribute("p", .int(1)), Attribute("pads", .ints([1, 0, 0, 1]))],
                inputs: [.noise([1, 2, 3, 3])]),
            Example(
                "strided cube", opset: 22,
                attributes: [kernel([2, 2]), Attribute("p", .int(3)), Attribute("strides", .ints([2, 1]))],
                inputs: [.noise([1, 1, 4, 3])]),
        ]
    }
}

/// Norms under windows.
private struct NormKernel: RealKernel {
    let problem: PoolingProblem
    let data: Tensor
    let exponent: Int
    let path: String

    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
        let values: [T] = try data.elements(path)
        let power = T(exponent)
        let sums = problem.sums(values) { T.pow($0.magnitude, power) }
        return try .make(sums.map { T.pow($0, 1 / power) }, problem.resultShape, path)
    }
}

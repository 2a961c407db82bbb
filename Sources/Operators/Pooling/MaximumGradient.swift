import Graphs
import Tensors

/// Two ways to send what flows back through a maximum to where the maximum was found, `places` being the `Indices` of
/// the standard: row-major in the whole tensor, the first of equals.
enum MaximumGradient {
    /// Adds each gradient at its place; needs a scatter that adds (operator set 16).
    static func scattered(
        _ builder: inout PullbackBuilder, _ gradient: String, places: String, _ problem: PoolingProblem
    ) throws(OperatorError) -> String {
        let count = problem.planes * problem.dataCount
        let flat = builder.body.integers([-1])
        let zeros = try builder.body.zeros(builder.body.integers([count]), try builder.site.requireElementType(0))
        let sum = builder.body.call(
            "ScatterElements",
            [zeros, builder.body.reshape(places, to: flat), builder.body.reshape(gradient, to: flat)],
            [Attribute("axis", .int(0)), Attribute("reduction", .string("add"))])
        return builder.body.reshape(
            sum, to: builder.body.integers([problem.images, problem.channels] + problem.dataExtents))
    }

    /// For older operator sets: unrolls the places of the data with a convolution of one-hot windows, keeps the gradient
    /// under the tap whose place is the maximum's, and rolls it up again with the transposed convolution.
    static func unrolled(
        _ builder: inout PullbackBuilder, _ gradient: String, places: String, _ problem: PoolingProblem
    ) throws(OperatorError) -> String {
        let window = problem.window
        let taps = window.size.extentProduct
        let rank = window.size.count
        guard problem.dataCount < 1 << 24 else {
            throw OperatorError(
                .notDifferentiable, subject: builder.site.path, reason: "a plane has 2^24 elements or more",
                remedy: "upgrade the model to operator set 16")
        }
        let type = try builder.site.requireElementType(0)
        var identity = [Float](repeating: 0, count: taps * taps)
        for tap in 0..<taps { identity[tap * taps + tap] = 1 }
        let oneHot = try Tensor.make(identity, Shape([taps, 1] + window.size), builder.site.path)
        // Places count from 1, so that padding, which is 0, is nobody's place.
        let numbers = (1...max(1, problem.dataCount)).map { Float($0) }
        let plane = try Tensor.make(
            Array(numbers.prefix(problem.dataCount)), Shape([1, 1] + problem.dataExtents), builder.site.path)
        let unrolled = builder.body.call(
            "Conv", [builder.body.constant(plane), builder.body.constant(oneHot)], paddedToFit(problem).attributes)
        let tapPlaces = builder.body.cast(unrolled, to: .int64)
        // The place within its plane: the index less what the planes before it take.
        let offsets = try Tensor.make(
            (0..<problem.planes).map { Int64($0 * problem.dataCount - 1) },
            Shape([problem.planes] + [Int](repeating: 1, count: rank + 1)), builder.site.path)
        let apart = builder.body.integers([problem.planes, 1] + problem.resultExtents)
        let own = builder.body.subtract(
            builder.body.reshape(places, to: apart), builder.body.constant(offsets))
        let chosen = builder.body.cast(builder.body.call("Equal", [tapPlaces, own]), to: type)
        let masked = builder.body.multiply(chosen, builder.body.reshape(gradient, to: apart))
        var rolling = ConvolutionGradient(builder: builder, window: paddedToFit(problem), groups: 1)
        let kernel = try Conversion.convert(oneHot, to: type, builder.site.path)
        let sum = try rolling.data(
            masked, weights: rolling.builder.body.constant(kernel),
            dataExtents: problem.dataExtents.map(Dimension.fixed),
            resultExtents: problem.resultExtents.map(Dimension.fixed))
        builder = rolling.builder
        return builder.body.reshape(
            sum, to: builder.body.integers([problem.images, problem.channels] + problem.dataExtents))
    }

    /// The window with as much padding at the end as the last window needs, so that a convolution has as many windows.
    static func paddedToFit(_ problem: PoolingProblem) -> Kernel.Window {
        var window = problem.window
        let rank = window.size.count
        for axis in 0..<rank {
            let reached = (problem.resultExtents[axis] - 1) * window.strides[axis] + window.span(axis)
            let missing = reached - problem.dataExtents[axis] - window.padding[axis]
            window.padding[rank + axis] = max(window.padding[rank + axis], missing)
        }
        return window
    }
}

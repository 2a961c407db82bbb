import Graphs
import Tensors

/// Shapes and checks that all convolutions share; data is `[N, C, spatial…]`, weights `[M, C/group, window…]`.
enum ConvolutionShapes {
    /// The shape of the result as far as it is known.
    static func infer(
        _ site: CallSite, _ attributes: Attributes, data: Int, weights: Int
    ) throws(OperatorError) -> SymbolicShape? {
        guard let data = site.shape(data)?.dimensions else { return nil }
        guard let weights = site.shape(weights)?.dimensions, weights.count == data.count, data.count >= 3 else {
            return .unknown(rank: data.count)
        }
        let groups = try attributes.int("group")
        try check(groups: groups, data: data[1].value, weights: weights, attributes.path)
        let kernel = weights[2...].compactMap(\.value)
        guard kernel.count == data.count - 2 else {
            return SymbolicShape([data[0], weights[0]] + [Dimension](repeating: .unknown, count: data.count - 2))
        }
        let window = try SlidingWindow(attributes, kernel: kernel)
        return SymbolicShape(
            [data[0], weights[0]] + (try window.outputExtents(Array(data[2...]), path: attributes.path)))
    }

    private static func check(
        groups: Int, data: Int?, weights: [Dimension], _ path: String
    ) throws(OperatorError) {
        guard groups > 0, (weights[0].value ?? groups) % groups == 0 else {
            throw OperatorError(.attribute, subject: path, reason: "\(groups) groups do not divide the channels")
        }
        guard let data, let inner = weights[1].value else { return }
        guard data % groups == 0, data / groups == inner else {
            throw OperatorError(
                .shape, subject: path,
                reason: "data has \(data) channels where weights and \(groups) groups ask for \(inner &* groups)")
        }
    }

    /// The extents of a convolution.
    static func problem(
        _ data: Shape, _ weights: Shape, _ attributes: Attributes
    ) throws(OperatorError) -> ConvolutionProblem {
        guard data.rank >= 3, weights.rank == data.rank else {
            throw OperatorError(
                .shape, subject: attributes.path,
                reason: "data of shape \(data) and weights of shape \(weights) are not both [N, C, spatial…]")
        }
        let groups = try attributes.int("group")
        try check(groups: groups, data: data[1], weights: weights.map(Dimension.fixed), attributes.path)
        let extents = Array(data.dimensions[2...])
        let window = try SlidingWindow(attributes, kernel: Array(weights.dimensions[2...]))
        let result = try window.outputExtents(extents, path: attributes.path)
        _ = try Shape([data[0], weights[0]] + result).allocatableCount(attributes.path)
        return ConvolutionProblem(
            batch: data[0], groups: groups, dataChannels: data[1], resultChannels: weights[0], dataExtents: extents,
            resultExtents: result, window: window.resolved(extents: extents))
    }

    /// The window and the groups of a call whose kernel a library may compute; `nil` where they are not known or wrong.
    static func lowered(
        _ site: CallSite, _ attributes: Attributes, data: Int, weights: Int
    ) -> (window: Kernel.Window, groups: Int)? {
        guard let data = site.shape(data)?.dimensions, data.count >= 3, let weights = site.shape(weights)?.dimensions,
            weights.count == data.count, let groups = try? attributes.int("group")
        else { return nil }
        let kernel = weights[2...].compactMap(\.value)
        guard kernel.count == weights.count - 2,
            let window = try? SlidingWindow(attributes, kernel: kernel).resolved(extents: Array(data[2...]))
        else { return nil }
        return (window, groups)
    }

    /// Refuses a bias that is no vector of one element a channel.
    static func check(bias: Tensor?, channels: Int, _ path: String) throws(OperatorError) {
        guard let bias, bias.shape != [channels] else { return }
        throw OperatorError(
            .shape, subject: path, reason: "the bias has shape \(bias.shape) where \(channels) channels are")
    }

    /// A multiply-add for each weight that each result element sees.
    static func work(_ site: CallSite, outputs: [ValueType?], weights: Int) -> Work {
        guard let shape = site.fixedShape(weights), shape.rank >= 3 else { return .traffic(site, outputs: outputs) }
        let products = shape.dimensions[1...].reduce(1.0) { $0 * Double($1) }
        return .traffic(
            site, outputs: outputs, operations: 2 * products * Work.elementCount(outputs.first ?? nil))
    }
}

/// A convolution or its transpose in `f32` or `f64`.
struct ConvolutionKernel: RealKernel {
    let problem: ConvolutionProblem
    let data: Tensor
    let weights: Tensor
    let bias: Tensor?
    let isTransposed: Bool
    let path: String

    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Tensor {
        let (values, kernel): ([T], [T]) = (try data.elements(path), try weights.elements(path))
        let shift: [T]? = if let bias { try bias.elements(path) } else { nil }
        if isTransposed {
            return try Tensor.make(
                problem.convolveTransposed(values, weights: kernel, bias: shift),
                Shape([problem.batch, problem.dataChannels] + problem.dataExtents), path)
        }
        return try Tensor.make(
            problem.convolve(values, weights: kernel, bias: shift),
            Shape([problem.batch, problem.resultChannels] + problem.resultExtents), path)
    }
}

import Graphs
import Tensors

/// Writes the gradients of a convolution, which serve its transpose too: there data and result change places.
struct ConvolutionGradient {
    var builder: PullbackBuilder
    let window: Kernel.Window
    let groups: Int

    static func unknownExtents(_ path: String) -> OperatorError {
        OperatorError(
            .notDifferentiable, subject: path, reason: "its spatial extents are not known",
            remedy: "give the model fixed input shapes and infer its types first")
    }

    /// The shape of the weights, which have as many axes as the data.
    static func weights(_ site: CallSite, rank: Int) throws(OperatorError) -> Shape {
        let weights = try site.requireFixedShape(1)
        guard weights.rank == rank else {
            throw OperatorError(
                .shape, subject: site.path, reason: "weights of shape \(weights) do not fit data of \(rank) axes")
        }
        return weights
    }

    /// What flows back to the data: the transposed convolution, with padding where the windows left a rest.
    mutating func data(
        _ gradient: String, weights: String, dataExtents: [Dimension], resultExtents: [Dimension]
    ) throws(OperatorError) -> String {
        let rank = window.size.count
        var rest = [Int](repeating: 0, count: rank)
        for axis in 0..<rank where window.strides[axis] > 1 {
            guard let data = dataExtents[axis].value, let result = resultExtents[axis].value else {
                throw Self.unknownExtents(builder.site.path)
            }
            let reached = (result - 1) * window.strides[axis] + window.span(axis)
            rest[axis] = data - (reached - window.padding[axis] - window.padding[rank + axis])
        }
        var attributes = window.attributes + [Attribute("group", .int(groups))]
        if rest.contains(where: { $0 != 0 }) { attributes.append(Attribute("output_padding", .ints(rest))) }
        return builder.body.call("ConvTranspose", [gradient, weights], attributes)
    }

    /// What flows back to the result of a transposed convolution: the convolution.
    mutating func result(_ gradient: String, weights: String) -> String {
        builder.body.call("Conv", [gradient, weights], window.attributes + [Attribute("group", .int(groups))])
    }

    /// What flows back to the weights `[result channels, data channels / groups, window…]`: the data convolved with the
    /// gradient of the result as weights, channels and images exchanged, strides and dilations exchanged.
    mutating func weights(
        data: String, result: String, shape: Shape, dataExtents: [Dimension], resultExtents: [Dimension]
    ) throws(OperatorError) -> String {
        let rank = window.size.count
        let exchanged = [1, 0] + Array(2..<rank + 2)
        var source = data
        if groups == 1 {
            source = builder.body.transpose(data, exchanged)
        } else {
            // [N, C, …] becomes [C / groups, groups · N, …]: each group convolves its own images.
            let fixed = dataExtents.compactMap(\.value)
            guard fixed.count == rank else { throw Self.unknownExtents(builder.site.path) }
            let apart = builder.body.reshape(data, to: builder.body.integers([0, groups, shape[1], -1]))
            let turned = builder.body.transpose(apart, [2, 1, 0, 3])
            source = builder.body.reshape(turned, to: builder.body.integers([shape[1], -1] + fixed))
        }
        var attributes = [
            Attribute("strides", .ints(window.dilations)), Attribute("dilations", .ints(window.strides)),
            Attribute("pads", .ints(window.padding)), Attribute("group", .int(groups)),
        ]
        let extents = resultExtents.compactMap(\.value)
        if extents.count == rank { attributes.append(Attribute("kernel_shape", .ints(extents))) }
        let product = builder.body.call("Conv", [source, builder.body.transpose(result, exchanged)], attributes)
        // Where windows left a rest, more positions come out than there are weights.
        let exact = builder.body.slice(
            product, starts: [Int](repeating: 0, count: rank), ends: window.size, axes: Array(2..<rank + 2))
        return builder.body.transpose(exact, exchanged)
    }

    /// What flows back to the bias.
    mutating func bias(_ gradient: String, rank: Int) -> String {
        builder.body.reduce("ReduceSum", gradient, axes: [0] + Array(2..<rank), keepsDimensions: false)
    }
}

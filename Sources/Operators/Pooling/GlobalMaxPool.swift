import Graphs
import Tensors

/// The largest element of each channel of each image.
struct GlobalMaxPool: GlobalPool {
    let name = "GlobalMaxPool"
    let agreement = Agreement.exact
    let signature = channelSignature(versions: [1, 22])

    func compute<T: Real>(
        _ values: [T], _ rows: NormalizationRows, _ attributes: Attributes
    ) throws(OperatorError) -> [T] {
        rows.fold(values, initial: -T.infinity) { $1 > $0 ? $1 : $0 }
    }

    /// The gradient goes to the first largest element, found by its place.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let shape = try site.requireFixedShape(0)
        guard shape.rank >= 2 else { return nil }
        let count = shape.dimensions[2...].extentProduct
        var builder = PullbackBuilder(site)
        let rows = builder.body.reshape(builder.input(0), to: builder.body.integers([shape[0], shape[1], count]))
        let place = builder.body.call(
            "ArgMax", [rows], [Attribute("axis", .int(2)), Attribute("keepdims", .int(1))])
        let places = builder.body.constant(
            try Tensor.make((0..<count).map { Int64($0) }, [1, 1, count], site.path))
        let chosen = builder.body.cast(
            builder.body.call("Equal", [place, places]), to: try site.requireElementType(0))
        let upstream = builder.body.reshape(
            builder.gradient(), to: builder.body.integers([shape[0], shape[1], 1]))
        let spread = builder.body.multiply(chosen, upstream)
        builder.result(0, builder.body.reshape(spread, to: builder.body.integers(shape.dimensions)))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? { reductionLowering(site, .maximum) }

    var examples: [Example] {
        [
            Example(
                "image", opset: 22, inputs: [.floats([1, 2, 3, 6, 0, -1, -2, -2], [1, 2, 2, 2])],
                expected: [.floats([6, 0], [1, 2, 1, 1])]),
            Example("one axis", opset: 7, inputs: [.noise([2, 3, 4])]),
        ]
    }
}

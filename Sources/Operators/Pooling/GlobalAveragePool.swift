import Graphs
import Tensors

/// The mean of each channel of each image.
struct GlobalAveragePool: GlobalPool {
    let name = "GlobalAveragePool"
    let agreement = Agreement.accumulation
    let signature = channelSignature(versions: [1, 22])

    func compute<T: Real>(
        _ values: [T], _ rows: NormalizationRows, _ attributes: Attributes
    ) throws(OperatorError) -> [T] {
        rows.moments(values).means
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let shape = try site.requireFixedShape(0)
        let count = shape.dimensions.dropFirst(2).reduce(1.0) { $0 * Double($1) }
        var builder = PullbackBuilder(site)
        let share = builder.body.multiply(builder.gradient(), try builder.scalar(1 / count))
        builder.result(0, builder.body.call("Expand", [share, builder.body.shape(builder.input(0))]))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? { reductionLowering(site, .mean) }

    var examples: [Example] {
        [
            Example(
                "image", opset: 22, inputs: [.floats([1, 2, 3, 6, 0, 0, 2, 2], [1, 2, 2, 2])],
                expected: [.floats([3, 1], [1, 2, 1, 1])]),
            Example("one axis", opset: 7, inputs: [.noise([2, 3, 4])]),
        ]
    }
}

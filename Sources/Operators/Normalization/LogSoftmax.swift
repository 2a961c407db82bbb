import Graphs
import Tensors

/// The logarithm of `exp(x)` over its sum along a row.
struct LogSoftmax: SoftmaxOperator {
    let name = "LogSoftmax"
    let signature = rowSignature

    static func compute<T: Real>(_ values: [T], _ rows: NormalizationRows) -> [T] {
        let largest = rows.fold(values, initial: -T.infinity) { max($0, $1) }
        let shifted = rows.map(values) { value, row in value - largest[row] }
        let sums = rows.fold(shifted, initial: 0) { $0 + T.exp($1) }
        let logarithms = sums.map { T.log($0) }
        return rows.map(shifted) { value, row in value - logarithms[row] }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let axes = try rowAxes(site, rank: try site.requireRank(0))
        var builder = PullbackBuilder(site)
        let upstream = builder.gradient()
        let sum = axes.isEmpty ? upstream : builder.body.reduce("ReduceSum", upstream, axes: axes)
        let powers = builder.body.call("Exp", [builder.output(0)])
        builder.result(0, builder.body.subtract(upstream, builder.body.multiply(powers, sum)))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? { softmaxLowering(site, logarithm: true) }

    var examples: [Example] {
        let data = Value.noise([2, 3, 2], scale: 3)
        return [
            Example(
                "powers of two", opset: 13, inputs: [.floats([0, 0.693_147_2], [1, 2])],
                expected: [.floats([-1.098_612_3, -0.405_465_1], [1, 2])]),
            Example("inner axis", opset: 13, attributes: [Attribute("axis", .int(-2))], inputs: [data]),
            Example("matrix of old", opset: 11, attributes: [Attribute("axis", .int(1))], inputs: [data]),
        ]
    }
}

import Graphs
import Tensors

/// `exp(x)` over its sum along a row.
struct Softmax: SoftmaxOperator {
    let name = "Softmax"
    let signature = rowSignature

    static func compute<T: Real>(_ values: [T], _ rows: NormalizationRows) -> [T] {
        // The largest element is subtracted, so that no exponential overflows.
        let largest = rows.fold(values, initial: -T.infinity) { max($0, $1) }
        let powers = rows.map(values) { value, row in T.exp(value - largest[row]) }
        let sums = rows.fold(powers, initial: 0) { $0 + $1 }
        return rows.map(powers) { value, row in value / sums[row] }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let axes = try rowAxes(site, rank: try site.requireRank(0))
        var builder = PullbackBuilder(site)
        let output = builder.output(0)
        let along = builder.body.multiply(builder.gradient(), output)
        let sum = axes.isEmpty ? along : builder.body.reduce("ReduceSum", along, axes: axes)
        builder.result(0, builder.body.multiply(builder.body.subtract(builder.gradient(), sum), output))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? { softmaxLowering(site, logarithm: false) }

    var examples: [Example] {
        let data = Value.noise([2, 3, 2], scale: 3)
        return [
            Example(
                "powers of two", opset: 13, inputs: [.floats([0, 0.693_147_2, 0, 1000], [2, 2])],
                expected: [.floats([1.0 / 3, 2.0 / 3, 0, 1], [2, 2])]),
            Example("inner axis", opset: 13, attributes: [Attribute("axis", .int(1))], inputs: [data]),
            Example("matrix of old, default axis", opset: 11, inputs: [data]),
            Example("matrix of old, last axis", opset: 7, attributes: [Attribute("axis", .int(2))], inputs: [data]),
        ]
    }
}

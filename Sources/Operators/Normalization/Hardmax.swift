import Graphs
import Tensors

/// One at the first largest element of a row, zero elsewhere.
struct Hardmax: SoftmaxOperator {
    let name = "Hardmax"
    let agreement = Agreement.exact
    let signature = rowSignature

    static func compute<T: Real>(_ values: [T], _ rows: NormalizationRows) -> [T] {
        var result = [T](repeating: 0, count: values.count)
        for start in rows.reduction.starts {
            var best = start + (rows.reduction.offsets.first ?? 0)
            for offset in rows.reduction.offsets where values[start + offset] > values[best] { best = start + offset }
            result[best] = 1
        }
        return result
    }

    /// Zero: the output does not move with the input.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        builder.result(0, builder.body.multiply(builder.input(0), try builder.scalar(0)))
        return builder.pullback()
    }

    var examples: [Example] {
        let data = Value.floats([1, 3, 2, 5, 4, 0], [2, 3])
        return [
            Example("last axis", opset: 13, inputs: [data], expected: [.floats([0, 1, 0, 1, 0, 0], [2, 3])]),
            Example(
                "first axis", opset: 13, attributes: [Attribute("axis", .int(0))], inputs: [data],
                expected: [.floats([0, 0, 1, 1, 1, 0], [2, 3])]),
            Example(
                "first of equals", opset: 11, inputs: [.floats([2, 2, 1], [1, 3])],
                expected: [.floats([1, 0, 0], [1, 3])], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// `(x − mean) / (deviation + 1e−9)` over some axes, for images over all but the channels.
struct MeanVarianceNormalization: NormalizingOperator {
    let name = "MeanVarianceNormalization"
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)],
        attributes: [.init("axes", default: .ints([0, 2, 3]))], versions: [9, 13])

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            let axes = try Axes.normalize(try attributes.ints("axes"), rank: data.shape.rank, call.path)
            let kernel = VarianceKernel(data: data, axes: axes, path: call.path)
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    private struct VarianceKernel: RealKernel {
        let data: Tensor
        let axes: [Int]
        let path: String

        func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try data.elements(path)
            let rows = NormalizationRows(data.shape, axes: axes)
            let (means, variances) = rows.moments(values)
            let factors = variances.map { 1 / ($0.squareRoot() + 1e-9) }
            return try .make(rows.scaled(values, minus: means, times: factors), data.shape, path)
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let axes = try Axes.normalize(try attributes(site).ints("axes"), rank: try site.requireRank(0), site.path)
        var gradient = NormalizationGradient(PullbackBuilder(site), axes: axes, epsilon: 0)
        try gradient.normalize(gradient.builder.input(0))
        let data = gradient.data(gradient.builder.gradient())
        gradient.builder.result(0, data)
        return gradient.builder.pullback()
    }

    var examples: [Example] {
        [
            Example(
                "two elements", opset: 13, attributes: [Attribute("axes", .ints([-1]))],
                inputs: [.floats([1, 3, 2, 6], [2, 2])], expected: [.floats([-1, 1, -1, 1], [2, 2])]),
            Example("images", opset: 9, inputs: [.noise([2, 2, 2, 3])]),
        ]
    }
}

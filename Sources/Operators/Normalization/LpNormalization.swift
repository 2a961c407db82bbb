import Graphs
import Tensors

/// Data over its norm along an axis: the sum of magnitudes or the Euclidean length; a zero norm leaves zeros.
struct LpNormalization: NormalizingOperator {
    let name = "LpNormalization"
    let signature = Signature(
        inputs: [.init("input", TypeSets.floats)], outputs: [.init("output", TypeSets.floats)],
        attributes: [.init("axis", default: .int(-1)), .init("p", default: .int(2))], versions: [1, 22])

    private func power(_ attributes: Attributes) throws(OperatorError) -> Int {
        let power = try attributes.int("p")
        guard power == 1 || power == 2 else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "p is \(power)", remedy: "use 1 or 2")
        }
        return power
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let power = try power(attributes)
        return try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            let axis = try Axes.normalize(try attributes.int("axis"), rank: data.shape.rank, call.path)
            let kernel = NormKernel(data: data, axis: axis, power: power, path: call.path)
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    private struct NormKernel: RealKernel {
        let data: Tensor
        let axis: Int
        let power: Int
        let path: String

        func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try data.elements(path)
            let rows = NormalizationRows(data.shape, axes: [axis])
            let norms =
                power == 1
                ? rows.fold(values, initial: 0) { $0 + $1.magnitude }
                : rows.fold(values, initial: 0) { $0 + $1 * $1 }.map { $0.squareRoot() }
            return try .make(
                rows.map(values) { value, row in norms[row] == 0 ? 0 : value / norms[row] }, data.shape, path)
        }
    }

    /// (g − slope · Σ g·y) / norm, where slope is y for the Euclidean norm and the sign for the sum of magnitudes.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let axis = try Axes.normalize(try attributes(site).int("axis"), rank: try site.requireRank(0), site.path)
        let power = try power(attributes(site))
        var builder = PullbackBuilder(site)
        let input = builder.input(0)
        let norm = builder.body.reduce(power == 1 ? "ReduceL1" : "ReduceL2", input, axes: [axis])
        let along = builder.body.reduce(
            "ReduceSum", builder.body.multiply(builder.gradient(), builder.output(0)), axes: [axis])
        let slope = power == 1 ? builder.body.call("Sign", [input]) : builder.output(0)
        let rest = builder.body.subtract(builder.gradient(), builder.body.multiply(slope, along))
        builder.result(0, builder.body.divide(rest, norm))
        return builder.pullback()
    }

    var examples: [Example] {
        let data = Value.floats([3, -4, 0, 0.5], [2, 2])
        return [
            Example("Euclidean", opset: 22, inputs: [data], expected: [.floats([0.6, -0.8, 0, 1], [2, 2])]),
            Example(
                "sum of magnitudes", opset: 7, attributes: [Attribute("p", .int(1)), Attribute("axis", .int(0))],
                inputs: [.floats([1, -2, 3, 2], [2, 2])], expected: [.floats([0.25, -0.5, 0.75, 0.5], [2, 2])]),
            Example("inner axis", opset: 22, attributes: [Attribute("axis", .int(1))], inputs: [.noise([2, 3, 2])]),
        ]
    }
}

import Graphs
import Tensors

/// Writes the gradient of `(x − mean) / √(variance + ε)`, or of `x / √(mean square + ε)`, over some axes.
///
/// Source: Ioffe and Szegedy, "Batch Normalization" (arXiv 1502.03167), section 3, with the terms gathered.
struct NormalizationGradient {
    var builder: PullbackBuilder
    let axes: [Int]
    let epsilon: Double
    /// Whether the mean is subtracted.
    let isCentered: Bool
    /// The normalised data and 1 / √(variance + ε), once `normalize` has written them.
    private(set) var normal = ""
    private(set) var inverse = ""

    init(_ builder: PullbackBuilder, axes: [Int], epsilon: Double, isCentered: Bool = true) {
        self.builder = builder
        self.axes = axes
        self.epsilon = epsilon
        self.isCentered = isCentered
    }

    /// Writes the normalised data again from the data.
    mutating func normalize(_ data: String) throws(OperatorError) {
        var centred = data
        if isCentered { centred = builder.body.subtract(data, builder.body.reduce("ReduceMean", data, axes: axes)) }
        let square = builder.body.multiply(centred, centred)
        let variance = builder.body.reduce("ReduceMean", square, axes: axes)
        let deviation = builder.body.call("Sqrt", [builder.body.add(variance, try builder.scalar(epsilon))])
        inverse = builder.body.call("Reciprocal", [deviation])
        normal = builder.body.multiply(centred, inverse)
    }

    /// What flows back to the data from the gradient of the normalised data.
    mutating func data(_ gradient: String) -> String {
        let along = builder.body.reduce("ReduceMean", builder.body.multiply(gradient, normal), axes: axes)
        var rest = builder.body.subtract(gradient, builder.body.multiply(normal, along))
        if isCentered {
            rest = builder.body.subtract(rest, builder.body.reduce("ReduceMean", gradient, axes: axes))
        }
        return builder.body.multiply(rest, inverse)
    }

    /// Declares the gradients of a scale and a shift that were multiplied and added per channel (axis 1).
    mutating func channelResults(scale: Int, shift: Int, gradient: String, rank: Int) {
        let others = [0] + Array(2..<rank)
        builder.result(
            scale,
            builder.body.reduce(
                "ReduceSum", builder.body.multiply(gradient, normal), axes: others, keepsDimensions: false))
        builder.result(shift, builder.body.reduce("ReduceSum", gradient, axes: others, keepsDimensions: false))
    }
}

extension PullbackBuilder {
    /// A vector of one element a channel with axes of extent 1 around it, so that it stretches over `[N, C, …]`.
    mutating func perChannel(_ vector: String, rank: Int) -> String {
        rank <= 2 ? vector : body.reshape(vector, to: body.integers([-1] + [Int](repeating: 1, count: rank - 2)))
    }
}

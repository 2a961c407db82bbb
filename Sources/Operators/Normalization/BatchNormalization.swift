import Graphs
import Tensors

/// Each channel shifted and scaled by given statistics, or in training by its own, which then flow into running ones.
struct BatchNormalization: NormalizingOperator {
    let name = "BatchNormalization"
    static let operationsPerElement = 2.0
    let signature = Signature(
        inputs: [
            .init("X", TypeSets.floats), .init("scale", TypeSets.floats), .init("B", TypeSets.floats),
            .init("input_mean", TypeSets.floats), .init("input_var", TypeSets.floats),
        ],
        outputs: [
            .init("Y", TypeSets.floats), .init("running_mean", TypeSets.floats, .optional),
            .init("running_var", TypeSets.floats, .optional), .init("saved_mean", TypeSets.floats, .optional),
            .init("saved_var", TypeSets.floats, .optional),
        ],
        attributes: [
            .init("epsilon", default: .float(1e-5)), .init("momentum", default: .float(0.9)),
            .init("training_mode", default: .int(0)), .init("spatial", default: .int(1)),
        ], versions: [7, 9, 14, 15])

    private func isTraining(_ site: CallSite) throws(OperatorError) -> Bool {
        if site.opset >= 14 { return try attributes(site).flag("training_mode") }
        // Before version 14 a node that asks for statistics is training.
        return (1..<5).contains { site.hasOutput($0) }
    }

    private func checkForm(_ site: CallSite) throws(OperatorError) {
        guard site.opset < 9, try !attributes(site).flag("spatial") else { return }
        throw OperatorError(
            .unsupported, subject: site.path, reason: "spatial = 0 keeps statistics for each position",
            remedy: "Assay normalises channels; newer operator sets dropped this form")
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard case .tensor(_, let shape)? = site.operand(0)?.type else { return [nil] }
        let channels = shape.flatMap { $0.dimensions.count > 1 ? $0.dimensions[1] : nil } ?? .unknown
        let statistics = site.elementType(3).map { ValueType.tensor($0, [channels]) }
        return [site.operand(0)?.type, statistics, statistics, statistics, statistics]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        try checkForm(call.site)
        let isTraining = try isTraining(call.site)
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let data = try channelData(call)
            let kernel = BatchKernel(
                target: self, call: call, data: data, isTraining: isTraining,
                epsilon: Double(try attributes.float("epsilon")), momentum: Double(try attributes.float("momentum")))
            return try data.elementType.dispatchReal(kernel, path: call.path)
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        try checkForm(site)
        let rank = try site.requireRank(0, atLeast: 2)
        let epsilon = Double(try attributes(site).float("epsilon"))
        if try isTraining(site) { return try trainingPullback(site, rank: rank, epsilon: epsilon) }
        var builder = PullbackBuilder(site)
        let others = [0] + Array(2..<rank)
        let upstream = builder.gradient()
        let variance = builder.body.add(builder.input(4), try builder.scalar(epsilon))
        let inverse = builder.body.call("Reciprocal", [builder.body.call("Sqrt", [variance])])
        let factor = builder.body.multiply(builder.input(1), inverse)
        builder.result(0, builder.body.multiply(upstream, builder.perChannel(factor, rank: rank)))
        let sum = builder.body.reduce("ReduceSum", upstream, axes: others, keepsDimensions: false)
        let centred = builder.body.subtract(builder.input(0), builder.perChannel(builder.input(3), rank: rank))
        let along = builder.body.reduce(
            "ReduceSum", builder.body.multiply(upstream, centred), axes: others, keepsDimensions: false)
        builder.result(1, builder.body.multiply(along, inverse))
        builder.result(2, sum)
        builder.result(3, builder.body.negate(builder.body.multiply(sum, factor)))
        let steepness = builder.body.divide(factor, variance)
        let half = builder.body.multiply(builder.body.multiply(along, steepness), try builder.scalar(-0.5))
        builder.result(4, half)
        return builder.pullback()
    }

    private func trainingPullback(
        _ site: CallSite, rank: Int, epsilon: Double
    ) throws(OperatorError) -> Pullback {
        let others = [0] + Array(2..<rank)
        let momentum = Double(try attributes(site).float("momentum"))
        var gradient = NormalizationGradient(PullbackBuilder(site), axes: others, epsilon: epsilon)
        let data = gradient.builder.input(0)
        try gradient.normalize(data)
        let upstream = gradient.builder.gradient()
        let scale = gradient.builder.perChannel(gradient.builder.input(1), rank: rank)
        var total = gradient.data(gradient.builder.body.multiply(upstream, scale))
        gradient.channelResults(scale: 1, shift: 2, gradient: upstream, rank: rank)
        // The running statistics take a share of the batch's: mean, and mean square deviation.
        let deviation = gradient.builder.body.subtract(
            data, gradient.builder.body.reduce("ReduceMean", data, axes: others))
        for (output, input) in [(1, 3), (2, 4)] where site.hasOutput(output) {
            let statistic = gradient.builder.gradient(output)
            let kept = gradient.builder.body.multiply(statistic, try gradient.builder.scalar(momentum))
            gradient.builder.result(input, kept)
            let ones = gradient.builder.perChannel(statistic, rank: rank)
            let count = gradient.builder.body.divide(
                gradient.builder.body.call("Size", [data]), gradient.builder.body.call("Size", [statistic]))
            let share = gradient.builder.body.divide(
                try gradient.builder.scalar(output == 1 ? 1 - momentum : 2 * (1 - momentum)),
                gradient.builder.body.cast(count, to: try site.requireElementType(0)))
            var part = gradient.builder.body.multiply(ones, share)
            if output == 2 { part = gradient.builder.body.multiply(part, deviation) }
            total = gradient.builder.body.add(total, part)
        }
        gradient.builder.result(0, total)
        return gradient.builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard site.elementType(0) == .float32, let isTraining = try? isTraining(site), !isTraining,
            (try? checkForm(site)) != nil, let epsilon = try? attributes(site).float("epsilon"),
            let rank = site.rank(0), rank >= 2
        else { return nil }
        return Lowering(.batchNormalization(epsilon: epsilon), operands: [0, 1, 2, 3, 4])
    }

    var examples: [Example] {
        let inputs: [Value?] = [
            .noise([2, 3, 2, 2]), .noise([3], seed: 2), .noise([3], seed: 3), .noise([3], seed: 4),
            .noise([3], seed: 5, scale: 0.4, shift: 1),
        ]
        let training = Attribute("training_mode", .int(1))
        return [
            Example(
                "given statistics", opset: 15, attributes: [Attribute("epsilon", .float(0))],
                inputs: [
                    .floats([1, 2, 3, 4], [1, 2, 2]), .floats([2, 1]), .floats([0, 1]), .floats([1, 3]),
                    .floats([4, 1]),
                ], constantInputs: [1, 2, 3, 4], expected: [.floats([0, 1, 1, 2], [1, 2, 2])]),
            Example("images", opset: 9, inputs: inputs, constantInputs: [1, 2, 3, 4]),
            Example(
                "vectors", opset: 7, attributes: [Attribute("epsilon", .float(0.01))],
                inputs: [.noise([4, 3])] + Array(inputs[1...]), constantInputs: [1, 2, 3, 4]),
            Example(
                "training", opset: 15, attributes: [training, Attribute("momentum", .float(0.7))], inputs: inputs,
                outputCount: 3),
            Example("training, no statistics wanted", opset: 14, attributes: [training], inputs: inputs),
        ]
    }
}

/// Channels shifted and scaled.
private struct BatchKernel: RealKernel {
    let target: BatchNormalization
    let call: Call
    let data: Tensor
    let isTraining: Bool
    let epsilon: Double
    let momentum: Double

    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> [Value] {
        let channels = data.shape[1]
        var values: [T] = try call.values(0)
        let scale: [T] = try target.channelVector(call, 1, channels: channels)
        let shift: [T] = try target.channelVector(call, 2, channels: channels)
        var mean: [T] = try target.channelVector(call, 3, channels: channels)
        var variance: [T] = try target.channelVector(call, 4, channels: channels)
        var statistics: [Value] = []
        if isTraining {
            let own = NormalizationRows(data.shape, axes: [0] + Array(2..<data.shape.rank)).moments(values)
            let keep = T(momentum)
            statistics = [
                try .make(zip(mean, own.means).map { $0 * keep + $1 * (1 - keep) }, [channels], call.path),
                try .make(zip(variance, own.variances).map { $0 * keep + $1 * (1 - keep) }, [channels], call.path),
                try .make(own.means, [channels], call.path), try .make(own.variances, [channels], call.path),
            ]
            (mean, variance) = own
        }
        let factors = (0..<channels).map { scale[$0] / (variance[$0] + T(epsilon)).squareRoot() }
        let terms = (0..<channels).map { shift[$0] - mean[$0] * factors[$0] }
        apply(factors, terms, to: &values)
        return [try .make(values, data.shape, call.path)] + statistics
    }

    private func apply<T: Real>(_ factors: [T], _ terms: [T], to values: inout [T]) {
        let channels = factors.count
        let count = data.shape.dimensions[2...].extentProduct
        var target = values.mutableSpan
        for plane in 0..<data.shape[0] * channels {
            let (factor, term) = (factors[plane % channels], terms[plane % channels])
            for index in plane * count..<(plane + 1) * count { target[index] = target[index] * factor + term }
        }
    }
}

import Graphs
import Tensors

/// Each channel of each image normalised by its own mean and variance, then scaled and shifted per channel.
struct InstanceNormalization: NormalizingOperator {
    let name = "InstanceNormalization"
    let signature = Signature(
        inputs: [.init("input", TypeSets.floats), .init("scale", TypeSets.floats), .init("B", TypeSets.floats)],
        outputs: [.init("output", TypeSets.floats)], attributes: [.init("epsilon", default: .float(1e-5))],
        versions: [6, 22])

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let epsilon = try attributes(call).float("epsilon")
        return try call.widened { (call) throws(OperatorError) in
            let data = try channelData(call)
            let kernel = GroupKernel(
                target: self, call: call, data: data, groups: data.shape[1], scalesGroups: false, epsilon: epsilon)
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let rank = try site.requireRank(0, atLeast: 2)
        var gradient = NormalizationGradient(
            PullbackBuilder(site), axes: Array(2..<rank), epsilon: Double(try attributes(site).float("epsilon")))
        try gradient.normalize(gradient.builder.input(0))
        let upstream = gradient.builder.gradient()
        let scale = gradient.builder.perChannel(gradient.builder.input(1), rank: rank)
        gradient.builder.result(0, gradient.data(gradient.builder.body.multiply(upstream, scale)))
        gradient.channelResults(scale: 1, shift: 2, gradient: upstream, rank: rank)
        return gradient.builder.pullback()
    }

    var examples: [Example] {
        [
            Example(
                "two elements a channel", opset: 6, attributes: [Attribute("epsilon", .float(0))],
                inputs: [.floats([1, 3, 2, 6], [1, 2, 2]), .floats([1, 2]), .floats([0, 1])], constantInputs: [1, 2],
                expected: [.floats([-1, 1, -1, 3], [1, 2, 2])]),
            Example(
                "images", opset: 22, attributes: [Attribute("epsilon", .float(0.01))],
                inputs: [.noise([2, 3, 3, 2]), .noise([3], seed: 2), .noise([3], seed: 3)], constantInputs: [1, 2]),
        ]
    }
}

/// Groups of channels normalised by their own statistics, then scaled and shifted.
struct GroupKernel<Target: NormalizingOperator>: RealKernel {
    let target: Target
    let call: Call
    let data: Tensor
    let groups: Int
    /// Whether scale and shift hold one element a group instead of one a channel.
    let scalesGroups: Bool
    let epsilon: Float

    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
        let channels = data.shape[1]
        guard groups > 0, channels % groups == 0 else {
            throw OperatorError(
                .attribute, subject: call.path, reason: "\(groups) groups do not divide \(channels) channels")
        }
        let count = scalesGroups ? groups : channels
        let scale: [T] = try target.channelVector(call, 1, channels: count)
        let shift: [T] = try target.channelVector(call, 2, channels: count)
        let values: [T] = try call.values(0)
        let plane = data.shape.dimensions[2...].extentProduct
        let rows = NormalizationRows([data.shape[0] * groups, channels / groups * plane], axes: [1])
        let (means, variances) = rows.moments(values)
        let inverses = variances.map { 1 / ($0 + T(epsilon)).squareRoot() }
        let normal = rows.scaled(values, minus: means, times: inverses)
        let planes = NormalizationRows([data.shape[0] * channels, plane], axes: [1])
        let result = planes.map(normal) { value, row in
            let channel = row % channels
            let place = scalesGroups ? channel / (channels / groups) : channel
            return value * scale[place] + shift[place]
        }
        return try .make(result, data.shape, call.path)
    }
}

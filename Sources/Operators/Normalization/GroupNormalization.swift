import Graphs
import Tensors

/// Groups of channels normalised by their own mean and variance; scale and shift per group before version 21, then per
/// channel.
struct GroupNormalization: NormalizingOperator {
    let name = "GroupNormalization"
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats), .init("scale", TypeSets.floats), .init("bias", TypeSets.floats)],
        outputs: [.init("Y", TypeSets.floats)],
        attributes: [
            .init("epsilon", default: .float(1e-5)), .init("num_groups", isRequired: true),
            .init("stash_type", default: .int(1)),
        ], versions: [18, 21])

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let data = try channelData(call)
            let kernel = GroupKernel(
                target: self, call: call, data: data, groups: try attributes.int("num_groups"),
                scalesGroups: call.opset < 21, epsilon: try attributes.float("epsilon"))
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    /// Works on `[N, groups, channels of a group, positions]`, where both forms of the scale stretch.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        guard let channels = site.shape(0)?.dimensions.dropFirst().first?.value else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "the number of channels is not known",
                remedy: "infer the shapes of the model first")
        }
        let groups = try attributes(site).int("num_groups")
        guard groups > 0, channels % groups == 0 else { return nil }
        var gradient = NormalizationGradient(
            PullbackBuilder(site), axes: [2, 3], epsilon: Double(try attributes(site).float("epsilon")))
        let apart = gradient.builder.body.integers([0, groups, channels / groups, -1])
        try gradient.normalize(gradient.builder.body.reshape(gradient.builder.input(0), to: apart))
        let upstream = gradient.builder.body.reshape(gradient.builder.gradient(), to: apart)
        let form = site.opset < 21 ? [groups, 1, 1] : [groups, channels / groups, 1]
        let scale = gradient.builder.body.reshape(
            gradient.builder.input(1), to: gradient.builder.body.integers(form))
        let data = gradient.data(gradient.builder.body.multiply(upstream, scale))
        let own = gradient.builder.body.shape(gradient.builder.input(0))
        gradient.builder.result(0, gradient.builder.body.reshape(data, to: own))
        let axes = site.opset < 21 ? [0, 2, 3] : [0, 3]
        let normal = gradient.normal
        for (index, value) in [(1, gradient.builder.body.multiply(upstream, normal)), (2, upstream)] {
            let sum = gradient.builder.body.reduce("ReduceSum", value, axes: axes, keepsDimensions: false)
            gradient.builder.result(
                index, gradient.builder.body.reshape(sum, to: gradient.builder.body.integers([-1])))
        }
        return gradient.builder.pullback()
    }

    var examples: [Example] {
        let groups = Attribute("num_groups", .int(2))
        return [
            Example(
                "scale a channel", opset: 21, attributes: [groups],
                inputs: [.noise([2, 4, 3]), .noise([4], seed: 2), .noise([4], seed: 3)], constantInputs: [1, 2]),
            Example(
                "scale a group", opset: 18, attributes: [groups, Attribute("epsilon", .float(0.01))],
                inputs: [.noise([1, 4, 2, 2]), .noise([2], seed: 2), .noise([2], seed: 3)], constantInputs: [1, 2]),
            Example(
                "two elements a group", opset: 21, attributes: [groups, Attribute("epsilon", .float(0))],
                inputs: [.floats([1, 3, 2, 6], [1, 2, 2]), .floats([1, 2]), .floats([0, 1])], constantInputs: [1, 2],
                expected: [.floats([-1, 1, -1, 3], [1, 2, 2])]),
        ]
    }
}

import Graphs
import Tensors

/// A convolution whose window reads at places that are moved by offsets, each times a mask; for any number of spatial axes.
///
/// Sources: Dai et al., "Deformable Convolutional Networks" (arXiv 1703.06211); Zhu et al., "Deformable ConvNets v2"
/// (arXiv 1811.11168).
struct DeformConv: Operator {
    let name = "DeformConv"
    let family = OperatorFamily.convolution
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [
            .init("X", TypeSets.floats), .init("W", TypeSets.floats), .init("offset", TypeSets.floats),
            .init("B", TypeSets.floats, .optional), .init("mask", TypeSets.floats, .optional),
        ], outputs: [.init("Y", TypeSets.floats)],
        attributes: [
            .init("dilations"), .init("group", default: .int(1)), .init("kernel_shape"),
            .init("offset_group", default: .int(1)), .init("pads"), .init("strides"),
        ], versions: [19, 22])

    /// The window, which has no automatic padding.
    private func rules(_ attributes: Attributes) -> Attributes {
        Attributes(
            node: attributes.node, rules: attributes.rules + [.init("auto_pad", default: .string("NOTSET"))],
            path: attributes.path)
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = try commonElementType(site) else { return [nil] }
        return [.tensor(type, try ConvolutionShapes.infer(site, rules(attributes(site)), data: 0, weights: 1))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        ConvolutionShapes.work(site, outputs: outputs, weights: 1)
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = rules(attributes(call))
        return try call.widened { (call) throws(OperatorError) in
            let (data, weights) = (try call.tensor(0), try call.tensor(1))
            let problem = try ConvolutionShapes.problem(data.shape, weights.shape, attributes)
            try ConvolutionShapes.check(
                bias: try call.optionalTensor(3), channels: problem.resultChannels, call.path)
            let kernel = DeformedConvolution(
                problem: problem, data: data, weights: weights, offsets: try call.tensor(2),
                bias: try call.optionalTensor(3), mask: try call.optionalTensor(4),
                offsetGroups: try attributes.int("offset_group"), path: call.path)
            try kernel.check()
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    /// - Throws: always: the gradient needs a scatter over places that depend on the offsets, and is not written yet.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? { throw noGradient(site) }

    var examples: [Example] {
        let data = Value.floats([0, 1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 3, 3])
        let ones = Value.floats([1, 1, 1, 1], [1, 1, 2, 2])
        var offsets = [Float](repeating: 0, count: 32)
        // The first element of the first window reads half a row lower.
        offsets[0] = 0.5
        let moved = Value.floats(offsets, [1, 8, 2, 2])
        return [
            Example(
                "an offset", opset: 19, inputs: [data, ones, moved],
                expected: [.floats([9.5, 12, 20, 24], [1, 1, 2, 2])], isDifferentiable: false),
            Example(
                "bias and mask, padded", opset: 22,
                attributes: [.init("kernel_shape", .ints([2, 2])), .init("pads", .ints([1, 0, 1, 0]))],
                inputs: [
                    .noise([1, 1, 3, 3]), ones, .noise([1, 8, 4, 2], seed: 2), .floats([0.5]),
                    .noise([1, 4, 4, 2], seed: 3),
                ], isDifferentiable: false),
            Example(
                "groups, strides and dilations", opset: 22,
                attributes: [
                    .init("group", .int(2)), .init("offset_group", .int(2)), .init("strides", .ints([2, 1])),
                    .init("dilations", .ints([1, 2])),
                ], inputs: [.noise([1, 4, 5, 4]), .noise([2, 2, 2, 2], seed: 4), .noise([1, 16, 2, 2], seed: 5)],
                isDifferentiable: false),
            Example(
                "one axis", opset: 22,
                inputs: [.noise([1, 1, 4]), .noise([1, 1, 2], seed: 6), .noise([1, 2, 3], seed: 7)],
                isDifferentiable: false),
        ]
    }
}

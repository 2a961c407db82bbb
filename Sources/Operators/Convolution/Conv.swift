import Graphs
import Tensors

/// Convolution over one, two, three or more spatial axes, in groups, strided and dilated.
struct Conv: Operator {
    let name = "Conv"
    let family = OperatorFamily.convolution
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [
            .init("X", TypeSets.floats), .init("W", TypeSets.floats), .init("B", TypeSets.floats, .optional),
        ], outputs: [.init("Y", TypeSets.floats)],
        attributes: SlidingWindow.rules + [.init("group", default: .int(1))], versions: [1, 11, 22])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = try commonElementType(site) else { return [nil] }
        return [.tensor(type, try ConvolutionShapes.infer(site, attributes(site), data: 0, weights: 1))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        ConvolutionShapes.work(site, outputs: outputs, weights: 1)
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let (data, weights) = (try call.tensor(0), try call.tensor(1))
            let problem = try ConvolutionShapes.problem(data.shape, weights.shape, attributes)
            let bias = try call.optionalTensor(2)
            try ConvolutionShapes.check(bias: bias, channels: problem.resultChannels, call.path)
            let kernel = ConvolutionKernel(
                problem: problem, data: data, weights: weights, bias: bias, isTransposed: false, path: call.path)
            return [.tensor(try data.elementType.dispatchReal(kernel, path: call.path))]
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let attributes = attributes(site)
        let rank = try site.requireRank(0, atLeast: 3)
        let weights = try ConvolutionGradient.weights(site, rank: rank)
        let window = try SlidingWindow(attributes, kernel: Array(weights.dimensions[2...]))
        guard let extents = site.shape(0)?.dimensions[2...], let resolved = window.resolved(extents: Array(extents))
        else { throw ConvolutionGradient.unknownExtents(site.path) }
        var gradient = ConvolutionGradient(
            builder: PullbackBuilder(site), window: resolved, groups: try attributes.int("group"))
        let upstream = gradient.builder.gradient()
        gradient.builder.result(
            0,
            try gradient.data(
                upstream, weights: gradient.builder.input(1), dataExtents: Array(extents),
                resultExtents: try window.outputExtents(Array(extents), path: site.path)))
        gradient.builder.result(
            1,
            try gradient.weights(
                data: gradient.builder.input(0), result: upstream, shape: weights, dataExtents: Array(extents),
                resultExtents: try window.outputExtents(Array(extents), path: site.path)))
        if site.hasInput(2) { gradient.builder.result(2, gradient.bias(upstream, rank: rank)) }
        return gradient.builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard site.elementType(0) == .float32,
            let (window, groups) = ConvolutionShapes.lowered(site, attributes(site), data: 0, weights: 1)
        else { return nil }
        return Lowering(.convolution(window, groups: groups), operands: [0, 1, site.hasInput(2) ? 2 : nil])
    }

    var examples: [Example] {
        let image = Value.noise([1, 2, 5, 5])
        let weights = Value.noise([3, 2, 3, 3], seed: 2)
        let ints = { (name: String, values: [Int]) in Attribute(name, .ints(values)) }
        let automatic = { (name: String) in Attribute("auto_pad", .string(name)) }
        return [
            Example(
                "ones over a ramp", opset: 11,
                attributes: [ints("kernel_shape", [3, 3]), ints("pads", [1, 1, 1, 1])],
                inputs: [
                    .floats((0..<25).map(Float.init), [1, 1, 5, 5]),
                    .floats([Float](repeating: 1, count: 9), [1, 1, 3, 3]),
                ], constantInputs: [1],
                expected: [
                    .floats(
                        [
                            12, 21, 27, 33, 24, 33, 54, 63, 72, 51, 63, 99, 108, 117, 81, 93, 144, 153, 162, 111, 72,
                            111, 117, 123, 84,
                        ], [1, 1, 5, 5])
                ]),
            Example(
                "strided, with bias", opset: 22, attributes: [ints("strides", [2, 2]), ints("pads", [1, 0, 1, 0])],
                inputs: [image, weights, .floats([0.5, -1, 2])], constantInputs: [1, 2]),
            Example(
                "stride leaves a rest", opset: 11, attributes: [ints("strides", [2, 3])],
                inputs: [.noise([2, 2, 6, 7]), weights], constantInputs: [1]),
            Example(
                "SAME_UPPER", opset: 7, attributes: [automatic("SAME_UPPER"), ints("strides", [2, 2])],
                inputs: [.noise([1, 2, 4, 6]), weights], constantInputs: [1]),
            Example(
                "SAME_LOWER", opset: 11, attributes: [automatic("SAME_LOWER")],
                inputs: [image, .noise([2, 2, 2, 2], seed: 3)], constantInputs: [1]),
            Example(
                "VALID", opset: 11, attributes: [automatic("VALID")], inputs: [image, weights], constantInputs: [1]),
            Example(
                "dilated", opset: 11, attributes: [ints("dilations", [2, 1]), ints("pads", [2, 1, 2, 1])],
                inputs: [image, weights], constantInputs: [1]),
            Example(
                "two groups", opset: 11, attributes: [Attribute("group", .int(2)), ints("strides", [1, 2])],
                inputs: [.noise([2, 4, 4, 5]), .noise([6, 2, 2, 2], seed: 4), .noise([6], seed: 5)],
                constantInputs: [1, 2]),
            Example(
                "depthwise", opset: 11, attributes: [Attribute("group", .int(3)), ints("pads", [1, 1, 1, 1])],
                inputs: [.noise([1, 3, 4, 4]), .noise([3, 1, 3, 3], seed: 6)], constantInputs: [1]),
            Example(
                "pointwise", opset: 11, inputs: [.noise([1, 3, 2, 2]), .noise([4, 3, 1, 1], seed: 7)],
                constantInputs: [1]),
            Example(
                "one axis", opset: 11, attributes: [ints("pads", [1, 1])],
                inputs: [.noise([1, 2, 6]), .noise([3, 2, 3], seed: 8)], constantInputs: [1]),
            Example(
                "three axes", opset: 11, attributes: [ints("strides", [1, 2, 1])],
                inputs: [.noise([1, 2, 3, 4, 3]), .noise([2, 2, 2, 2, 2], seed: 9)], constantInputs: [1]),
        ]
    }
}

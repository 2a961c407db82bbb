import Graphs
import Tensors

/// Data over its root mean square along the axes from `axis` on, times a scale.
///
/// Source: Zhang and Sennrich, "Root Mean Square Layer Normalization" (arXiv 1910.07467).
struct RMSNormalization: NormalizingOperator {
    let name = "RMSNormalization"
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats), .init("scale", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)],
        attributes: [
            .init("axis", default: .int(-1)), .init("epsilon", default: .float(1e-5)),
            .init("stash_type", default: .int(1)),
        ], versions: [23])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard case .tensor(_, let shape)? = site.operand(0)?.type, let type = site.elementType(1) else { return [nil] }
        return [.tensor(type, shape)]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let result = try call.tensor(1).elementType
        var wide = call
        for index in 0...1 {
            let tensor = try call.tensor(index)
            if tensor.elementType == .float64 { continue }
            wide.inputs[index] = .tensor(try Conversion.convert(tensor, to: .float32, call.path))
        }
        let data = try wide.tensor(0)
        let axis = try Axes.normalize(try attributes.int("axis"), rank: data.shape.rank, call.path)
        let kernel = LayerKernel(
            call: wide, data: data, axis: axis, epsilon: try attributes.float("epsilon"), isCentered: false)
        let tensors = try data.elementType.dispatchReal(kernel, path: call.path)
        return [.tensor(try Conversion.convert(tensors[0], to: result, call.path))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let rank = try site.requireRank(0)
        let axis = try Axes.normalize(try attributes(site).int("axis"), rank: rank, site.path)
        var gradient = NormalizationGradient(
            PullbackBuilder(site), axes: Array(axis..<rank), epsilon: Double(try attributes(site).float("epsilon")),
            isCentered: false)
        try gradient.normalize(gradient.builder.input(0))
        let upstream = gradient.builder.gradient()
        let data = gradient.data(gradient.builder.body.multiply(upstream, gradient.builder.input(1)))
        gradient.builder.result(0, data)
        let normal = gradient.normal
        try gradient.builder.result(1, gradient.builder.body.multiply(upstream, normal), stretchedTo: site.shape(0))
        return gradient.builder.pullback()
    }

    var examples: [Example] {
        let data = Value.noise([2, 3, 4])
        return [
            Example(
                "two elements", opset: 23, attributes: [Attribute("epsilon", .float(0))],
                inputs: [.floats([1, 7], [1, 2]), .floats([1, 2])], constantInputs: [1],
                expected: [.floats([0.2, 2.8], [1, 2])]),
            Example("last axis", opset: 23, inputs: [data, .noise([4], seed: 2)], constantInputs: [1]),
            Example(
                "two axes", opset: 23, attributes: [Attribute("axis", .int(1)), Attribute("epsilon", .float(0.1))],
                inputs: [data, .noise([3, 4], seed: 2)], constantInputs: [1]),
        ]
    }
}

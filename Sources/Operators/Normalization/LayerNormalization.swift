import Graphs
import Tensors

/// Normalisation over the axes from `axis` on, then an element-wise scale and shift; statistics on request.
struct LayerNormalization: NormalizingOperator {
    let name = "LayerNormalization"
    static let operationsPerElement = 8.0
    let signature = Signature(
        inputs: [
            .init("X", TypeSets.floats), .init("Scale", TypeSets.floats), .init("B", TypeSets.floats, .optional),
        ],
        outputs: [
            .init("Y", TypeSets.floats), .init("Mean", [.float32, .bfloat16], .optional),
            .init("InvStdDev", [.float32, .bfloat16], .optional),
        ],
        attributes: [
            .init("axis", default: .int(-1)), .init("epsilon", default: .float(1e-5)),
            .init("stash_type", default: .int(1)),
        ], versions: [17])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let stash = try attributes(site).elementType("stash_type")
        guard let extents = site.shape(0)?.dimensions else {
            return [site.operand(0)?.type, .tensor(stash, nil), .tensor(stash, nil)]
        }
        let axis = try Axes.normalize(try attributes(site).int("axis"), rank: extents.count, site.path)
        let statistics = SymbolicShape(
            extents[..<axis] + [Dimension](repeating: .fixed(1), count: extents.count - axis))
        return [site.operand(0)?.type, .tensor(stash, statistics), .tensor(stash, statistics)]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let stash = try attributes.elementType("stash_type")
        let narrow = try call.tensor(0).elementType
        // Statistics keep their own type, so the widening of inputs is done here.
        var wide = call
        for index in call.inputs.indices {
            guard let tensor = try call.optionalTensor(index), tensor.elementType != .float64 else { continue }
            wide.inputs[index] = .tensor(try Conversion.convert(tensor, to: .float32, call.path))
        }
        let data = try wide.tensor(0)
        let axis = try Axes.normalize(try attributes.int("axis"), rank: data.shape.rank, call.path)
        let kernel = LayerKernel(
            call: wide, data: data, axis: axis, epsilon: try attributes.float("epsilon"), isCentered: true)
        let results = try data.elementType.dispatchReal(kernel, path: call.path)
        var values: [Value] = []
        for (tensor, type) in zip(results, [narrow, stash, stash]) {
            values.append(.tensor(try Conversion.convert(tensor, to: type, call.path)))
        }
        return values
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let rank = try site.requireRank(0)
        let axis = try Axes.normalize(try attributes(site).int("axis"), rank: rank, site.path)
        var gradient = NormalizationGradient(
            PullbackBuilder(site), axes: Array(axis..<rank), epsilon: Double(try attributes(site).float("epsilon")))
        let data = gradient.builder.input(0)
        try gradient.normalize(data)
        let upstream = gradient.builder.gradient()
        var total = gradient.data(gradient.builder.body.multiply(upstream, gradient.builder.input(1)))
        let (normal, inverse) = (gradient.normal, gradient.inverse)
        let shape = site.shape(0)
        try gradient.builder.result(1, gradient.builder.body.multiply(upstream, normal), stretchedTo: shape)
        if site.hasInput(2) { try gradient.builder.result(2, upstream, stretchedTo: shape) }
        // The mean moves by 1/n of each element, the inverse deviation by −normal · inverse² / n.
        for output in 1...2 where site.hasOutput(output) {
            let type = try site.requireElementType(0)
            let statistic = gradient.builder.body.cast(gradient.builder.gradient(output), to: type)
            let count = gradient.builder.body.divide(
                gradient.builder.body.call("Size", [data]), gradient.builder.body.call("Size", [statistic]))
            var part = gradient.builder.body.divide(statistic, gradient.builder.body.cast(count, to: type))
            if output == 2 {
                let square = gradient.builder.body.multiply(inverse, inverse)
                part = gradient.builder.body.negate(
                    gradient.builder.body.multiply(part, gradient.builder.body.multiply(normal, square)))
            }
            total = gradient.builder.body.add(total, part)
        }
        gradient.builder.result(0, total)
        return gradient.builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard site.elementType(0) == .float32, !site.hasOutput(1), !site.hasOutput(2), let rank = site.rank(0),
            let axis = try? Axes.normalize(try attributes(site).int("axis"), rank: rank, site.path),
            let epsilon = try? attributes(site).float("epsilon"),
            let extents = site.shape(0)?.dimensions[axis...],
            // The kernel takes a scale of exactly the normalised axes.
            site.shape(1).map({ $0.dimensions[...] == extents }) ?? false
        else { return nil }
        return Lowering(
            .layerNormalization(axis: axis, epsilon: epsilon), operands: [0, 1, site.hasInput(2) ? 2 : nil])
    }

    var examples: [Example] {
        let data = Value.noise([2, 3, 4])
        return [
            Example(
                "two elements", opset: 17, attributes: [Attribute("epsilon", .float(0))],
                inputs: [.floats([1, 3, 2, 6], [2, 2]), .floats([1, 2]), .floats([0, 1])], constantInputs: [1, 2],
                expected: [.floats([-1, 3, -1, 3], [2, 2])]),
            Example("last axis, no shift", opset: 17, inputs: [data, .noise([4], seed: 2)], constantInputs: [1]),
            Example(
                "two axes", opset: 17, attributes: [Attribute("axis", .int(1)), Attribute("epsilon", .float(0.1))],
                inputs: [data, .noise([3, 4], seed: 2), .noise([3, 4], seed: 3)], constantInputs: [1, 2]),
            Example(
                "stretched scale", opset: 17, attributes: [Attribute("axis", .int(-2))],
                inputs: [data, .noise([4], seed: 2), .noise([3, 1], seed: 3)], constantInputs: [1, 2]),
            Example(
                "statistics", opset: 17, attributes: [Attribute("epsilon", .float(0))],
                inputs: [.floats([1, 3, 2, 6], [2, 2]), .floats([1, 1])], outputCount: 3, constantInputs: [1],
                expected: [
                    .floats([-1, 1, -1, 1], [2, 2]), .floats([2, 4], [2, 1]), .floats([1, 0.5], [2, 1]),
                ], isDifferentiable: false),
        ]
    }
}

/// Rows of trailing axes normalised, then scaled and shifted; gives data, means and inverse deviations.
struct LayerKernel: RealKernel {
    let call: Call
    let data: Tensor
    let axis: Int
    let epsilon: Float
    let isCentered: Bool

    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> [Tensor] {
        let values: [T] = try call.values(0)
        let shape = data.shape
        let rows = NormalizationRows(shape, axes: Array(axis..<shape.rank))
        var means = [T](repeating: 0, count: rows.reduction.starts.count)
        let squares: [T]
        if isCentered { (means, squares) = rows.moments(values) } else { squares = rows.meanSquares(values) }
        let inverses = squares.map { 1 / ($0 + T(epsilon)).squareRoot() }
        var result = rows.scaled(values, minus: means, times: inverses)
        if let scale = try stretched(1) as [T]? { for index in result.indices { result[index] *= scale[index] } }
        if isCentered, let shift = try stretched(2) as [T]? {
            for index in result.indices { result[index] += shift[index] }
        }
        let kept = rows.reduction.keptShape
        return [
            try Tensor.make(result, shape, call.path), try Tensor.make(means, kept, call.path),
            try Tensor.make(inverses, kept, call.path),
        ]
    }

    private func stretched<T: Real>(_ index: Int) throws(OperatorError) -> [T]? {
        guard let tensor = try call.optionalTensor(index) else { return nil }
        guard try Broadcasting.shape([data.shape, tensor.shape], call.path) == data.shape else {
            throw OperatorError(
                .shape, subject: call.path, reason: "input \(index) of shape \(tensor.shape) does not fit \(data.shape)"
            )
        }
        return Broadcasting.expand(try tensor.elements(call.path), from: tensor.shape, to: data.shape)
    }
}

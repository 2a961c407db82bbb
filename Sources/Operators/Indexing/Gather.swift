import Graphs
import Tensors

/// Slices along an axis, picked by an index tensor whose axes take that axis's place.
struct Gather: IndexingOperator {
    let name = "Gather"
    let signature = Signature(
        inputs: [.init("data", dataTypes), .init("indices", TypeSets.indices)], outputs: [.init("output", dataTypes)],
        attributes: [.init("axis", default: .int(0))], versions: [1, 11, 13])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        guard let data = site.shape(0)?.dimensions, let indices = site.shape(1)?.dimensions else {
            return [.tensor(type, nil)]
        }
        let axis = try Axes.normalize(try attributes(site).int("axis"), rank: data.count, site.path)
        return [.tensor(type, SymbolicShape(data[..<axis] + indices + data[(axis + 1)...]))]
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] {
        guard let elements = site.elements(0), site.rank(0) == 1, let indices = site.integers(1) else { return [nil] }
        return [try Indices.normalize(indices, extent: elements.count, site.path).map { elements[$0] }]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (data, indices) = (try call.tensor(0), try call.tensor(1))
        let axis = try Axes.normalize(try attributes(call).int("axis"), rank: data.shape.rank, call.path)
        let picks = try Indices.normalize(
            try indices.integers(call.path), extent: data.shape[axis], call.path)
        var offsets = AxisGather.identity(data.shape)
        let step = data.shape.strides[axis]
        offsets[axis] = picks.map { $0 * step }
        let extents = data.shape.dimensions
        let shape = Shape(extents[..<axis] + indices.shape.dimensions + extents[(axis + 1)...])
        return [.tensor(try AxisGather(offsets: offsets).tensor(from: [data], shape: shape, path: call.path))]
    }

    /// Adds each slice of the gradient where it came from.
    ///
    /// From operator set 16 on by a scatter that adds, into a matrix
    /// whose rows are the slices; before by a product with the one-hot matrix of the indices.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let rank = try site.requireRank(0)
        let axis = try Axes.normalize(try attributes(site).int("axis"), rank: rank, site.path)
        guard let extent = site.shape(0)?.dimensions[axis].value, let indexRank = site.rank(1) else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "the extent of axis \(axis) is not known",
                remedy: "infer the shapes of the model first")
        }
        let type = try site.requireElementType(0)
        var builder = PullbackBuilder(site)
        // The picked axes come first, the others follow.
        let picked = Array(axis..<axis + indexRank)
        let others = Array(0..<axis) + Array(axis + indexRank..<rank - 1 + indexRank)
        let turned = builder.body.transpose(builder.gradient(), picked + others)
        let count = builder.body.call("Size", [builder.input(1)])
        let rows = builder.body.call(
            "Concat",
            [builder.body.reshape(count, to: builder.body.integers([1])), builder.body.integers([-1])],
            [Attribute("axis", .int(0))])
        let matrix = builder.body.reshape(turned, to: rows)
        let indices = builder.body.reshape(builder.input(1), to: builder.body.integers([-1]))
        let sums =
            builder.body.opset >= 16
            ? try scattered(&builder, matrix, indices, extent: extent, type)
            : try multiplied(&builder, matrix, indices, extent: extent, type)
        let front = [axis] + Array(0..<axis) + Array(axis + 1..<rank)
        var inverse = front
        for (target, source) in front.enumerated() { inverse[source] = target }
        let own = builder.body.call(
            "Gather", [builder.body.shape(builder.input(0)), builder.body.integers(front)],
            [Attribute("axis", .int(0))])
        builder.result(0, builder.body.transpose(builder.body.reshape(sums, to: own), inverse))
        return builder.pullback()
    }

    private func scattered(
        _ builder: inout PullbackBuilder, _ matrix: String, _ indices: String, extent: Int, _ type: ElementType
    ) throws(OperatorError) -> String {
        let width = builder.body.slice(builder.body.shape(matrix), starts: [1], ends: [2], axes: [0])
        let target = builder.body.call(
            "Concat", [builder.body.integers([extent]), width], [Attribute("axis", .int(0))])
        let zeros = try builder.body.zeros(target, type)
        let tuples = builder.body.cast(builder.body.unsqueeze(indices, axes: [1]), to: .int64)
        return builder.body.call(
            "ScatterND", [zeros, tuples, matrix], [Attribute("reduction", .string("add"))])
    }

    private func multiplied(
        _ builder: inout PullbackBuilder, _ matrix: String, _ indices: String, extent: Int, _ type: ElementType
    ) throws(OperatorError) -> String {
        let values = builder.body.constant(try Conversion.convert(Tensor([0.0, 1.0]), to: type, builder.site.path))
        let places = builder.body.cast(indices, to: .int64)
        let oneHot = builder.body.call(
            "OneHot", [places, builder.body.integers([extent]), values], [Attribute("axis", .int(0))])
        return builder.body.matrixProduct(oneHot, matrix)
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let rank = site.rank(0), rank > 0,
            let axis = try? Axes.normalize(try attributes(site).int("axis"), rank: rank, site.path)
        else { return nil }
        return Lowering(.gather(axis: axis), operands: [0, 1])
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6], [3, 2])
        return [
            Example(
                "rows", opset: 13, inputs: [data, .ints([2, 0, 2])], constantInputs: [1],
                expected: [.floats([5, 6, 1, 2, 5, 6], [3, 2])]),
            Example(
                "columns by a matrix of indices", opset: 11, attributes: [Attribute("axis", .int(-1))],
                inputs: [data, .ints([0, -1, 1, 1], [2, 2])], constantInputs: [1],
                expected: [.floats([1, 2, 2, 2, 3, 4, 4, 4, 5, 6, 6, 6], [3, 2, 2])]),
            Example(
                "one slice", opset: 16, attributes: [Attribute("axis", .int(1))], inputs: [data, .ints([1], [])],
                constantInputs: [1], expected: [.floats([2, 4, 6])]),
            Example(
                "middle axis", opset: 18, attributes: [Attribute("axis", .int(1))],
                inputs: [.noise([2, 3, 2]), .tensor([Int32(1), 1, 0])], constantInputs: [1]),
        ]
    }
}

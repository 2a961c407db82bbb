import Graphs
import Tensors

/// The slices along an axis, or the elements of the flattened data, for which a condition holds.
struct Compress: IndexingOperator {
    let name = "Compress"
    let signature = Signature(
        inputs: [.init("input", dataTypes), .init("condition", TypeSets.bool)], outputs: [.init("output", dataTypes)],
        attributes: [.init("axis")], versions: [9, 11, 28])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        guard let given = try attributes(site).optionalInt("axis") else { return [.tensor(type, [.unknown])] }
        guard var extents = site.shape(0)?.dimensions else { return [.tensor(type, nil)] }
        extents[try Axes.normalize(given, rank: extents.count, site.path)] = .unknown
        return [.tensor(type, SymbolicShape(extents))]
    }

    /// The positions kept along an axis.
    private func kept(_ condition: Tensor, extent: Int, _ path: String) throws(OperatorError) -> [Int] {
        let truth: [Bool] = try condition.elements(path)
        let positions = truth.indices.filter { truth[$0] }
        guard condition.shape.rank == 1, (positions.last ?? -1) < extent else {
            throw OperatorError(
                .shape, subject: path, reason: "a condition of \(truth.count) elements does not fit \(extent)")
        }
        return positions
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        var data = try call.tensor(0)
        var axis = 0
        if let given = try attributes(call).optionalInt("axis") {
            axis = try Axes.normalize(given, rank: data.shape.rank, call.path)
        } else {
            data = try data.reshaped([data.elementCount], call.path)
        }
        let positions = try kept(try call.tensor(1), extent: data.shape[axis], call.path)
        var offsets = AxisGather.identity(data.shape)
        let all = offsets[axis]
        offsets[axis] = positions.map { all[$0] }
        let shape = Shape(offsets.map(\.count))
        return [.tensor(try AxisGather(offsets: offsets).tensor(from: [data], shape: shape, path: call.path))]
    }

    /// Each axis row goes back to where it stood, by an index into the gradient's rows and one row of zeros.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        guard let condition = site.operand(1)?.constant else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "its condition is not constant",
                remedy: "use Where, or fold constants first")
        }
        let shape = try site.requireFixedShape(0)
        let given = try attributes(site).optionalInt("axis")
        let axis = if let given { try Axes.normalize(given, rank: shape.rank, site.path) } else { 0 }
        let extent = given == nil ? shape.elementCount : shape[axis]
        let positions = try kept(condition, extent: extent, site.path)
        var rows = [Int](repeating: positions.count, count: extent)
        for (index, position) in positions.enumerated() { rows[position] = index }
        var builder = PullbackBuilder(site)
        var row = given == nil ? [1] : shape.dimensions
        row[given == nil ? 0 : axis] = 1
        let zero = try builder.body.zeros(builder.body.integers(row), try site.requireElementType(0))
        let along = Attribute("axis", .int(axis))
        let extended = builder.body.call("Concat", [builder.gradient(), zero], [along])
        let spread = builder.body.call("Gather", [extended, builder.body.integers(rows)], [along])
        builder.result(0, builder.body.reshape(spread, to: builder.body.integers(shape.dimensions)))
        return builder.pullback()
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6], [3, 2])
        return [
            Example(
                "rows", opset: 11, attributes: [Attribute("axis", .int(0))],
                inputs: [data, .bools([false, true, true])], constantInputs: [1],
                expected: [.floats([3, 4, 5, 6], [2, 2])]),
            Example(
                "elements", opset: 9, inputs: [data, .bools([true, false, false, true])], constantInputs: [1],
                expected: [.floats([1, 4])]),
            Example(
                "columns, axis from the end", opset: 11, attributes: [Attribute("axis", .int(-1))],
                inputs: [data, .bools([false, true])], constantInputs: [1],
                expected: [.floats([2, 4, 6], [3, 1])]),
        ]
    }
}

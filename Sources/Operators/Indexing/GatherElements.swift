import Graphs
import Tensors

/// For each place of an index tensor the element of the data at that place, the index along the axis replaced.
struct GatherElements: IndexingOperator {
    let name = "GatherElements"
    let signature = Signature(
        inputs: [.init("data", dataTypes), .init("indices", TypeSets.indices)], outputs: [.init("output", dataTypes)],
        attributes: [.init("axis", default: .int(0))], versions: [11, 13])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        [site.elementType(0).map { .tensor($0, site.shape(1)) }]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (data, indices) = (try call.tensor(0), try call.tensor(1))
        let axis = try Axes.normalize(try attributes(call).int("axis"), rank: data.shape.rank, call.path)
        let positions = try Indices.positions(
            try indices.integers(call.path), shape: indices.shape, data: data.shape, axis: axis, call.path)
        return [
            .tensor(
                try PositionMovement(positions: positions).tensor(
                    from: [data], shape: indices.shape, path: call.path))
        ]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        try builder.requireAddingScatter()
        let zeros = try builder.body.zeros(
            builder.body.shape(builder.input(0)), try site.requireElementType(0))
        let sum = builder.body.call(
            "ScatterElements", [zeros, builder.input(1), builder.gradient()],
            [
                Attribute("axis", .int(try attributes(site).int("axis"))),
                Attribute("reduction", .string("add")),
            ])
        builder.result(0, sum)
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let rank = site.rank(0), rank > 0,
            let axis = try? Axes.normalize(try attributes(site).int("axis"), rank: rank, site.path)
        else { return nil }
        return Lowering(.elementGather(axis: axis), operands: [0, 1])
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4], [2, 2])
        return [
            Example(
                "within rows", opset: 18, attributes: [Attribute("axis", .int(1))],
                inputs: [data, .ints([0, 0, 1, 0], [2, 2])], constantInputs: [1],
                expected: [.floats([1, 1, 4, 3], [2, 2])]),
            Example(
                "within columns, from the end", opset: 16, inputs: [data, .ints([-1, 0], [1, 2])], constantInputs: [1],
                expected: [.floats([3, 2], [1, 2])]),
            Example(
                "older version", opset: 11, inputs: [data, .ints([1, 1], [1, 2])], constantInputs: [1],
                expected: [.floats([3, 4], [1, 2])], isDifferentiable: false),
        ]
    }
}

extension PullbackBuilder {
    /// Refuses operator sets whose scatters do not add.
    func requireAddingScatter() throws(OperatorError) {
        guard body.opset < 16 else { return }
        throw OperatorError(
            .notDifferentiable, subject: site.path, reason: "operator set \(site.opset) has no scatter that adds",
            remedy: "upgrade the model to operator set 16 or newer")
    }
}

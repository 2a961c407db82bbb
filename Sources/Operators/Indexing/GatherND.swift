import Graphs
import Tensors

/// Slices picked by tuples of indices, within each batch.
struct GatherND: IndexingOperator {
    let name = "GatherND"
    let signature = Signature(
        inputs: [.init("data", dataTypes), .init("indices", TypeSets.int64)], outputs: [.init("output", dataTypes)],
        attributes: [.init("batch_dims", default: .int(0))], versions: [11, 12, 13])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        let batchAxes = try attributes(site).int("batch_dims")
        guard let data = site.shape(0)?.dimensions, let indices = site.shape(1)?.dimensions,
            let width = indices.last?.value, batchAxes >= 0, width >= 0, width <= data.count,
            batchAxes <= data.count - width
        else { return [.tensor(type, nil)] }
        return [.tensor(type, SymbolicShape(indices.dropLast() + data[(batchAxes + width)...]))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (data, indices) = (try call.tensor(0), try call.tensor(1))
        let batchAxes = try attributes(call).int("batch_dims")
        let (starts, length) = try Indices.slices(
            try indices.integers(call.path), shape: indices.shape, data: data.shape, batchAxes: batchAxes, call.path)
        let width = indices.shape.dimensions.last ?? 0
        let shape = Shape(indices.shape.dimensions.dropLast() + data.shape.dimensions[(batchAxes + width)...])
        return [
            .tensor(
                try RunMovement(starts: starts, length: length).tensor(from: [data], shape: shape, path: call.path))
        ]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        try builder.requireAddingScatter()
        guard try attributes(site).int("batch_dims") == 0 else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "tuples within batches have no scatter",
                remedy: "write the batch into the indices")
        }
        let zeros = try builder.body.zeros(
            builder.body.shape(builder.input(0)), try site.requireElementType(0))
        let sum = builder.body.call(
            "ScatterND", [zeros, builder.input(1), builder.gradient()], [Attribute("reduction", .string("add"))])
        builder.result(0, sum)
        return builder.pullback()
    }

    var examples: [Example] {
        let data = Value.floats([0, 1, 2, 3], [2, 2])
        return [
            Example(
                "elements", opset: 16, inputs: [data, .ints([0, 0, 1, -1], [2, 2])], constantInputs: [1],
                expected: [.floats([0, 3])]),
            Example(
                "rows, one twice", opset: 18, inputs: [data, .ints([1, 1, 0], [3, 1])], constantInputs: [1],
                expected: [.floats([2, 3, 2, 3, 0, 1], [3, 2])]),
            Example(
                "within batches", opset: 13, attributes: [Attribute("batch_dims", .int(1))],
                inputs: [data, .ints([1, 0], [2, 1])], constantInputs: [1], expected: [.floats([1, 2])],
                isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// For each index a row that is on at that index and off elsewhere, along a new axis.
struct OneHot: IndexingOperator {
    let name = "OneHot"
    let signature = Signature(
        inputs: [
            .init("indices", TypeSets.numbers), .init("depth", TypeSets.numbers), .init("values", dataTypes),
        ],
        outputs: [.init("output", dataTypes)], attributes: [.init("axis", default: .int(-1))], versions: [9, 11, 28])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(2) else { return [nil] }
        guard let indices = site.shape(0)?.dimensions else { return [.tensor(type, nil)] }
        let axis = try Axes.normalize(try attributes(site).int("axis"), rank: indices.count + 1, site.path)
        var result = indices
        let depth = try site.operand(1)?.constant.map { (tensor) throws(OperatorError) in
            try Self.depth(tensor, site.path)
        }
        result.insert(depth.map(Dimension.fixed) ?? .unknown, at: axis)
        return [.tensor(type, SymbolicShape(result))]
    }

    private static func depth(_ tensor: Tensor, _ path: String) throws(OperatorError) -> Int {
        guard let depth = try Conversion.convert(tensor, to: .int64, path).integers(path).first, depth >= 0 else {
            throw OperatorError(.shape, subject: path, reason: "the depth is no positive number")
        }
        return depth
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let indices = try call.tensor(0)
        let depth = try Self.depth(try call.tensor(1), call.path)
        let axis = try Axes.normalize(try attributes(call).int("axis"), rank: indices.shape.rank + 1, call.path)
        let values = try call.tensor(2)
        guard values.elementCount == 2 else {
            throw OperatorError(.shape, subject: call.path, reason: "values must hold off and on")
        }
        var extents = indices.shape.dimensions
        extents.insert(depth, at: axis)
        let count = try Shape(extents).allocatableCount(call.path)
        let inner = extents[(axis + 1)...].extentProduct
        var positions = [Int](repeating: 0, count: count)
        let wanted = try Conversion.convert(indices, to: .int64, call.path).integers(call.path)
        for (number, index) in wanted.enumerated() {
            let place = index < 0 ? index &+ depth : index
            // An index outside leaves its row off.
            guard place >= 0, place < depth else { continue }
            positions[(number / inner * depth + place) * inner + number % inner] = 1
        }
        return [
            .tensor(
                try PositionMovement(positions: positions).tensor(
                    from: [values], shape: Shape(extents), path: call.path))
        ]
    }

    /// Off and on get the sums of the gradient over the places that are off and on.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let type = try site.requireElementType(2)
        guard type.isFloatingPoint else { return nil }
        var builder = PullbackBuilder(site)
        let values = builder.body.constant(try Conversion.convert(Tensor([0.0, 1.0]), to: type, site.path))
        let mask = builder.body.call(
            "OneHot", [builder.input(0), builder.input(1), values], site.node.attributes)
        let all = builder.body.reshape(builder.gradient(), to: builder.body.integers([-1]))
        let chosen = builder.body.reshape(
            builder.body.multiply(builder.gradient(), mask), to: builder.body.integers([-1]))
        let on = builder.body.reduce("ReduceSum", chosen, axes: [0])
        let off = builder.body.subtract(builder.body.reduce("ReduceSum", all, axes: [0]), on)
        builder.result(2, builder.body.call("Concat", [off, on], [Attribute("axis", .int(0))]))
        return builder.pullback()
    }

    var examples: [Example] {
        let values = Value.floats([-1, 5])
        return [
            Example(
                "last axis, one outside", opset: 11, inputs: [.ints([1, -1, 7]), .ints([3], []), values],
                constantInputs: [0, 1], expected: [.floats([-1, 5, -1, -1, -1, 5, -1, -1, -1], [3, 3])]),
            Example(
                "first axis, depth in a vector", opset: 9, attributes: [Attribute("axis", .int(0))],
                inputs: [.ints([0, 1]), .ints([2]), values], constantInputs: [0, 1],
                expected: [.floats([5, -1, -1, 5], [2, 2])]),
        ]
    }
}

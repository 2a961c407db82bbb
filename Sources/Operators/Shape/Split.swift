import Graphs
import Tensors

/// Consecutive parts of a tensor along an axis: of given extents, or of equal ones (the last may be shorter).
struct Split: Operator {
    let name = "Split"
    let family = OperatorFamily.shape
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [
            .init("input", TypeSets.classic.union([.bfloat16])), .init("split", TypeSets.int64, .optional),
        ],
        outputs: [.init("outputs", TypeSets.classic.union([.bfloat16]), .variadic(minimum: 1))],
        attributes: [.init("axis", default: .int(0)), .init("split"), .init("num_outputs")], versions: [2, 11, 13, 18])

    /// The extents of the parts along the axis.
    private func parts(
        _ given: [Int]?, extent: Int, count: Int, _ path: String
    ) throws(OperatorError) -> [Int] {
        if let given {
            guard given.allSatisfy({ $0 >= 0 && $0 <= extent }), given.reduce(0, +) == extent else {
                throw OperatorError(
                    .shape, subject: path, reason: "the parts \(given) do not add up to the extent \(extent)")
            }
            return given
        }
        guard count > 0 else { throw OperatorError(.arity, subject: path, reason: "it has no outputs") }
        let size = (extent + count - 1) / count
        return (0..<count).map { Swift.max(0, Swift.min(size, extent - $0 * size)) }
    }

    private func outputCount(_ site: CallSite) throws(OperatorError) -> Int {
        try attributes(site).optionalInt("num_outputs").map { Swift.min($0, 1 << 16) } ?? site.node.outputs.count
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let count = site.node.outputs.count
        guard let type = site.elementType(0) else { return [ValueType?](repeating: nil, count: count) }
        guard let extents = site.shape(0)?.dimensions else {
            return [ValueType?](repeating: .tensor(type, nil), count: count)
        }
        let axis = try Axes.normalize(try attributes(site).int("axis"), rank: extents.count, site.path)
        var along = [Dimension](repeating: .unknown, count: count)
        let given = try site.integers("split", orInput: 1)
        if case .known(let sizes) = given, sizes.count == count {
            along = sizes.map(Dimension.fixed)
        } else if given == .absent, let extent = extents[axis].value {
            let sizes = try parts(nil, extent: extent, count: try outputCount(site), site.path)
            if sizes.count == count { along = sizes.map(Dimension.fixed) }
        }
        return along.map { part in
            var shape = extents
            shape[axis] = part
            return .tensor(type, SymbolicShape(shape))
        }
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let axis = try Axes.normalize(try attributes(call).int("axis"), rank: data.shape.rank, call.path)
        let sizes = try parts(
            try call.integers("split", orInput: 1), extent: data.shape[axis], count: try outputCount(call.site),
            call.path)
        var start = 0
        var results: [Value] = []
        for size in sizes {
            var offsets = AxisGather.identity(data.shape)
            offsets[axis] = Array(offsets[axis][start..<start + size])
            let shape = Shape(offsets.map(\.count))
            results.append(
                .tensor(try AxisGather(offsets: offsets).tensor(from: [data], shape: shape, path: call.path)))
            start += size
        }
        return results
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let gradients = site.node.outputs.indices.map { builder.gradient($0) }
        builder.result(
            0, builder.body.call("Concat", gradients, [Attribute("axis", .int(try attributes(site).int("axis")))]))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let shape = site.fixedShape(0),
            let axis = try? Axes.normalize(try attributes(site).int("axis"), rank: shape.rank, site.path),
            let given = try? site.integers("split", orInput: 1), let count = try? outputCount(site)
        else { return nil }
        if case .unknown = given { return nil }
        guard
            let sizes = try? parts(
                given == .absent ? nil : given.known(or: []), extent: shape[axis], count: count, site.path),
            sizes.count == site.node.outputs.count
        else { return nil }
        return Lowering(.split(axis: axis, sizes: sizes), operands: [0])
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6], [2, 3])
        let along = Attribute("axis", .int(1))
        return [
            Example(
                "given parts", opset: 13, attributes: [along], inputs: [data, .ints([1, 2])], outputCount: 2,
                constantInputs: [1], expected: [.floats([1, 4], [2, 1]), .floats([2, 3, 5, 6], [2, 2])]),
            Example(
                "parts as an attribute", opset: 11, attributes: [along, Attribute("split", .ints([2, 1]))],
                inputs: [data], outputCount: 2, expected: [.floats([1, 2, 4, 5], [2, 2]), .floats([3, 6], [2, 1])]),
            Example(
                "equal parts", opset: 7, inputs: [data], outputCount: 2,
                expected: [.floats([1, 2, 3], [1, 3]), .floats([4, 5, 6], [1, 3])]),
            Example(
                "a shorter last part", opset: 18,
                attributes: [Attribute("axis", .int(-1)), Attribute("num_outputs", .int(2))], inputs: [data],
                outputCount: 2, expected: [.floats([1, 2, 4, 5], [2, 2]), .floats([3, 6], [2, 1])]),
        ]
    }
}

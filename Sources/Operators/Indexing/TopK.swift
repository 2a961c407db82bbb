import Graphs
import Tensors

/// The largest (or smallest) k elements along an axis with their positions; of equals the first come first.
struct TopK: IndexingOperator {
    let name = "TopK"
    let signature = Signature(
        inputs: [.init("X", TypeSets.numbers), .init("K", TypeSets.int64, .optional)],
        outputs: [.init("Values", TypeSets.numbers), .init("Indices", TypeSets.int64)],
        attributes: [
            .init("axis", default: .int(-1)), .init("k"), .init("largest", default: .int(1)),
            .init("sorted", default: .int(1)),
        ], versions: [1, 10, 11, 24])

    private func count(_ site: CallSite, _ input: [Int]?) throws(OperatorError) -> Int? {
        try attributes(site).optionalInt("k") ?? input?.first
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let type = site.elementType(0)
        guard var extents = site.shape(0)?.dimensions else {
            return [type.map { .tensor($0, nil) }, .tensor(.int64, nil)]
        }
        let axis = try Axes.normalize(try attributes(site).int("axis"), rank: extents.count, site.path)
        extents[axis] = try count(site, site.integers(1)).map(Dimension.fixed) ?? .unknown
        return [type.map { .tensor($0, SymbolicShape(extents)) }, .tensor(.int64, SymbolicShape(extents))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: Work.elementCount(site.operand(0)?.type))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let count = try count(call.site, try call.optionalIntegers(1))
        let wantsLargest = try attributes.flag("largest")
        return try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            let axis = try Axes.normalize(try attributes.int("axis"), rank: data.shape.rank, call.path)
            guard let count, count >= 0, count <= data.shape[axis] else {
                throw OperatorError(
                    .shape, subject: call.path,
                    reason:
                        "k is \(count.map(String.init) ?? "missing") where the axis has \(data.shape[axis]) elements")
            }
            let kernel = SelectionKernel(
                data: data, axis: axis, count: count, wantsLargest: wantsLargest, path: call.path)
            return try data.elementType.dispatch(kernel, path: call.path)
        }
    }

    /// Each gradient goes back to where its element stood; no element is picked twice.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        builder.body = NodeWriter(opset: max(builder.body.opset, 11))
        let zeros = try builder.body.zeros(
            builder.body.shape(builder.input(0)), try site.requireElementType(0))
        let axis = Attribute("axis", .int(try attributes(site).int("axis")))
        builder.result(
            0, builder.body.call("ScatterElements", [zeros, builder.output(1), builder.gradient()], [axis]))
        return builder.pullback()
    }

    var examples: [Example] {
        let data = Value.floats([1, 4, 2, 8, 5, 7], [2, 3])
        return [
            Example(
                "largest of each row", opset: 11, inputs: [data, .ints([2])], outputCount: 2, constantInputs: [1],
                expected: [.floats([4, 2, 8, 7], [2, 2]), .ints([1, 2, 0, 2], [2, 2])]),
            Example(
                "smallest of each column", opset: 24,
                attributes: [Attribute("axis", .int(0)), Attribute("largest", .int(0))], inputs: [data, .ints([1])],
                outputCount: 2, constantInputs: [1],
                expected: [.floats([1, 4, 2], [1, 3]), .ints([0, 0, 0], [1, 3])]),
            Example(
                "k as an attribute of old", opset: 9, attributes: [Attribute("k", .int(1))], inputs: [data],
                outputCount: 2, expected: [.floats([4, 8], [2, 1]), .ints([1, 0], [2, 1])]),
            Example(
                "first of equals", opset: 11, inputs: [.tensor([Int32(3), 1, 3]), .ints([2])], outputCount: 2,
                constantInputs: [1], expected: [.tensor([Int32(3), 3]), .ints([0, 2])], isDifferentiable: false),
        ]
    }

    /// Sorts each row by value, then by position.
    private struct SelectionKernel: NumberKernel {
        let data: Tensor
        let axis: Int
        let count: Int
        let wantsLargest: Bool
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> [Value] {
            let values: [T] = try data.elements(path)
            let rows = AxisReduction(data.shape, axes: [axis], keepsDimensions: true)
            var extents = data.shape.dimensions
            extents[axis] = count
            let shape = Shape(extents)
            let places = AxisReduction(shape, axes: [axis], keepsDimensions: true)
            var picked = [T](repeating: .zero, count: shape.elementCount)
            var indices = [Int64](repeating: 0, count: picked.count)
            guard !picked.isEmpty else {
                return [try .make(picked, shape, path), try .make(indices, shape, path)]
            }
            for (row, start) in rows.starts.enumerated() {
                let candidates = rows.offsets.map { values[start + $0] }
                let order = candidates.indices.sorted { precedes(candidates[$0], $0, candidates[$1], $1) }
                for (rank, offset) in places.offsets.enumerated() {
                    picked[places.starts[row] + offset] = candidates[order[rank]]
                    indices[places.starts[row] + offset] = Int64(order[rank])
                }
            }
            return [try .make(picked, shape, path), try .make(indices, shape, path)]
        }

        /// NaN counts as larger than every number.
        private func precedes<T: Number>(_ a: T, _ i: Int, _ b: T, _ j: Int) -> Bool {
            if a.isNotANumber != b.isNotANumber { return a.isNotANumber == wantsLargest }
            if a == b || a.isNotANumber { return i < j }
            return wantsLargest ? a > b : a < b
        }
    }
}

import Graphs
import Tensors

/// The distinct elements, or slices along an axis, with where each first stands, which one each place holds, and how
/// often each occurs.
struct Unique: IndexingOperator {
    let name = "Unique"
    let signature = Signature(
        inputs: [.init("X", dataTypes)],
        outputs: [
            .init("Y", dataTypes), .init("indices", TypeSets.int64, .optional),
            .init("inverse_indices", TypeSets.int64, .optional), .init("counts", TypeSets.int64, .optional),
        ], attributes: [.init("axis"), .init("sorted", default: .int(1))], versions: [11, 28])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let vector = ValueType.tensor(.int64, [.unknown])
        let rest = [ValueType?](repeating: vector, count: 3)
        guard let type = site.elementType(0) else { return [nil] + rest }
        guard let given = try attributes(site).optionalInt("axis") else { return [.tensor(type, [.unknown])] + rest }
        guard var extents = site.shape(0)?.dimensions else { return [.tensor(type, nil)] + rest }
        extents[try Axes.normalize(given, rank: extents.count, site.path)] = .unknown
        return [.tensor(type, SymbolicShape(extents))] + rest
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        var data = try call.tensor(0)
        var axis = 0
        if let given = try attributes(call).optionalInt("axis") {
            axis = try Axes.normalize(given, rank: data.shape.rank, call.path)
        } else {
            data = try data.reshaped([data.elementCount], call.path)
        }
        let ranks = try ranks(data, call.path)
        let rows = AxisReduction(
            data.shape, axes: data.shape.indices.filter { $0 != axis }, keepsDimensions: true)
        let slices = rows.starts.map { start in rows.offsets.map { ranks[start + $0] } }
        var groups: [[Int]: Int] = [:]
        var firsts: [Int] = []
        var members: [Int] = []
        for (index, slice) in slices.enumerated() {
            let group = groups[slice] ?? firsts.count
            if group == firsts.count {
                groups[slice] = group
                firsts.append(index)
            }
            members.append(group)
        }
        var order = Array(firsts.indices)
        if try attributes(call).flag("sorted") {
            order.sort { slices[firsts[$0]].lexicographicallyPrecedes(slices[firsts[$1]]) }
        }
        var place = order
        for (position, group) in order.enumerated() { place[group] = position }
        var counts = [Int64](repeating: 0, count: order.count)
        for member in members { counts[place[member]] += 1 }
        var offsets = AxisGather.identity(data.shape)
        let all = offsets[axis]
        offsets[axis] = order.map { all[firsts[$0]] }
        let shape = Shape(offsets.map(\.count))
        return [
            .tensor(try AxisGather(offsets: offsets).tensor(from: [data], shape: shape, path: call.path)),
            .ints(order.map { Int64(firsts[$0]) }), .ints(members.map { Int64(place[$0]) }), .ints(counts),
        ]
    }

    /// For each element the number of distinct elements before it in order.
    private func ranks(_ data: Tensor, _ path: String) throws(OperatorError) -> [Int] {
        if let strings = data.strings { return Self.ranks(strings) }
        switch data.elementType {
        case .float16, .bfloat16:
            return Self.ranks(try Conversion.convert(data, to: .float32, path).elements(path) as [Float])
        case .bool: return (try data.elements(path) as [Bool]).map { $0 ? 1 : 0 }
        default: return try data.elementType.dispatch(RankKernel(data: data, path: path), path: path)
        }
    }

    private static func ranks<T: Comparable & Hashable>(_ values: [T]) -> [Int] {
        let distinct = Set(values).sorted()
        let rank = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($0.element, $0.offset) })
        return values.map { rank[$0] ?? distinct.count }
    }

    private struct RankKernel: NumberKernel {
        let data: Tensor
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> [Int] {
            Unique.ranks(try data.elements(path) as [T])
        }
    }

    var examples: [Example] {
        [
            Example(
                "sorted", opset: 11, inputs: [.floats([2, 1, 1, 3])], outputCount: 4,
                expected: [.floats([1, 2, 3]), .ints([1, 0, 3]), .ints([1, 0, 0, 2]), .ints([2, 1, 1])],
                isDifferentiable: false),
            Example(
                "in order of appearance", opset: 11, attributes: [Attribute("sorted", .int(0))],
                inputs: [.floats([2, 1, 1, 3])], outputCount: 4,
                expected: [.floats([2, 1, 3]), .ints([0, 1, 3]), .ints([0, 1, 1, 2]), .ints([1, 2, 1])],
                isDifferentiable: false),
            Example(
                "rows", opset: 11, attributes: [Attribute("axis", .int(0))],
                inputs: [.floats([1, 0, 0, 1, 1, 0], [3, 2])], outputCount: 4,
                expected: [.floats([0, 1, 1, 0], [2, 2]), .ints([1, 0]), .ints([1, 0, 1]), .ints([1, 2])],
                isDifferentiable: false),
        ]
    }
}

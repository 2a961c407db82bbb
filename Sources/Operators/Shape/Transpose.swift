import Graphs
import Tensors

/// A permutation of axes; the reverse order unless `perm` says another.
struct Transpose: ShapingOperator {
    let name = "Transpose"
    let signature = movement(
        output: "transposed", attributes: [.init("perm")], versions: [1, 13, 21, 23, 24, 25])

    /// Which input axis each output axis is.
    private func permutation(_ attributes: Attributes, rank: Int) throws(OperatorError) -> [Int] {
        guard let given = try attributes.optionalInts("perm") else { return Array((0..<rank).reversed()) }
        guard given.count == rank else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "perm \(given) does not fit data of rank \(rank)")
        }
        return try Axes.normalize(given, rank: rank, attributes.path)
    }

    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        guard let extents = site.shape(0)?.dimensions else {
            return try attributes(site).optionalInts("perm").map { .unknown(rank: $0.count) }
        }
        return SymbolicShape(try permutation(attributes(site), rank: extents.count).map { extents[$0] })
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let permutation = try permutation(attributes(call), rank: data.shape.rank)
        let offsets = AxisGather.identity(data.shape)
        let gather = AxisGather(offsets: permutation.map { offsets[$0] })
        let shape = Shape(permutation.map { data.shape[$0] })
        return [.tensor(try gather.tensor(from: [data], shape: shape, path: call.path))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let permutation = try permutation(attributes(site), rank: try site.requireRank(0))
        var inverse = permutation
        for (target, source) in permutation.enumerated() { inverse[source] = target }
        var builder = PullbackBuilder(site)
        builder.result(0, builder.body.transpose(builder.gradient(), inverse))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let rank = site.rank(0),
            let permutation = try? permutation(attributes(site), rank: rank)
        else { return nil }
        return Lowering(.reorder(permutation: permutation), operands: [0])
    }

    var examples: [Example] {
        [
            Example(
                "matrix", opset: 13, inputs: [.floats([1, 2, 3, 4, 5, 6], [2, 3])],
                expected: [.floats([1, 4, 2, 5, 3, 6], [3, 2])]),
            Example(
                "channels last", opset: 7, attributes: [Attribute("perm", .ints([0, 2, 3, 1]))],
                inputs: [.noise([2, 3, 2, 2])]),
            Example(
                "three axes turned", opset: 21, attributes: [Attribute("perm", .ints([2, 0, 1]))],
                inputs: [.noise([2, 3, 4])]),
            Example(
                "strings", opset: 13, inputs: [.strings(["a", "b", "c", "d"], [2, 2])],
                expected: [.strings(["a", "c", "b", "d"], [2, 2])], isDifferentiable: false),
        ]
    }
}

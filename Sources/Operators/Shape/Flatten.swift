import Graphs
import Tensors

/// A matrix: the axes before `axis` become its rows, the others its columns.
struct Flatten: ShapingOperator {
    let name = "Flatten"
    let signature = movement(
        input: "input", attributes: [.init("axis", default: .int(1))], versions: [1, 9, 11, 13, 21, 23, 24, 25])

    private func axis(_ attributes: Attributes, rank: Int) throws(OperatorError) -> Int {
        let axis = try attributes.int("axis")
        // The rank itself is allowed here: one column.
        return axis == rank ? rank : try Axes.normalize(axis, rank: rank, attributes.path)
    }

    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        guard let extents = site.shape(0)?.dimensions else { return .unknown(rank: 2) }
        let axis = try axis(attributes(site), rank: extents.count)
        return [Extents.product(extents[..<axis]), Extents.product(extents[axis...])]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let axis = try axis(attributes(call), rank: data.shape.rank)
        let rows = data.shape.dimensions[..<axis].extentProduct
        let columns = data.shape.dimensions[axis...].extentProduct
        return [.tensor(try data.reshaped([rows, columns], call.path))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        builder.result(0, builder.body.reshape(builder.gradient(), to: builder.body.shape(builder.input(0))))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.view, operands: [0]) }

    var examples: [Example] {
        let data = Value.noise([2, 3, 2])
        return [
            Example("rows are images", opset: 13, inputs: [data]),
            Example(
                "one row", opset: 9, attributes: [Attribute("axis", .int(0))], inputs: [.floats([1, 2], [2, 1])],
                expected: [.floats([1, 2], [1, 2])]),
            Example("axis from the end", opset: 11, attributes: [Attribute("axis", .int(-1))], inputs: [data]),
            Example("one column", opset: 13, attributes: [Attribute("axis", .int(3))], inputs: [data]),
        ]
    }
}

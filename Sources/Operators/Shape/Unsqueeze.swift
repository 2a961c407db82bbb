import Graphs
import Tensors

/// The same elements with axes of extent 1 inserted; the axes count in the result.
struct Unsqueeze: ShapingOperator {
    let name = "Unsqueeze"
    let signature = movement(
        [.init("axes", TypeSets.int64, .optional)], output: "expanded", attributes: [.init("axes")],
        versions: [1, 11, 13, 21, 23, 24, 25])

    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        guard let extents = site.shape(0)?.dimensions else { return nil }
        switch try site.integers("axes", orInput: 1) {
        case .known(let axes): return SymbolicShape(try Self.with(axes, extents, site.path))
        case .unknown(let count): return count.map { .unknown(rank: extents.count + $0) }
        case .absent: throw Self.missing(site.path)
        }
    }

    private static func missing(_ path: String) -> OperatorError {
        OperatorError(.arity, subject: path, reason: "it names no axes", remedy: "give the input 'axes'")
    }

    private static func with(
        _ axes: [Int], _ extents: [Dimension], _ path: String
    ) throws(OperatorError) -> [Dimension] {
        let rank = extents.count + axes.count
        let axes = Set(try Axes.normalize(axes, rank: rank, path))
        var rest = extents[...]
        return (0..<rank).map { axes.contains($0) ? .fixed(1) : rest.removeFirst() }
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] { [site.elements(0)] }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        guard let axes = try call.integers("axes", orInput: 1) else { throw Self.missing(call.path) }
        let extents = try Self.with(axes, data.shape.map(Dimension.fixed), call.path)
        return [.tensor(try data.reshaped(Shape(extents.compactMap(\.value)), call.path))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        builder.result(0, builder.body.reshape(builder.gradient(), to: builder.body.shape(builder.input(0))))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.view, operands: [0]) }

    var examples: [Example] {
        [
            Example(
                "axes as an input", opset: 13, inputs: [.floats([1, 2]), .ints([0, -1])], constantInputs: [1],
                expected: [.floats([1, 2], [1, 2, 1])]),
            Example(
                "axes as an attribute", opset: 11, attributes: [Attribute("axes", .ints([1]))],
                inputs: [.floats([1, 2])], expected: [.floats([1, 2], [2, 1])]),
            Example(
                "scalar", opset: 7, attributes: [Attribute("axes", .ints([0]))], inputs: [.floats([3], [])],
                expected: [.floats([3])]),
        ]
    }
}

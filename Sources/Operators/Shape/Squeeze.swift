import Graphs
import Tensors

/// The same elements without axes of extent 1: those given, or all.
struct Squeeze: ShapingOperator {
    let name = "Squeeze"
    let signature = movement(
        [.init("axes", TypeSets.int64, .optional)], output: "squeezed", attributes: [.init("axes")],
        versions: [1, 11, 13, 21, 23, 24, 25])

    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        let given = try site.integers("axes", orInput: 1)
        guard let extents = site.shape(0)?.dimensions else { return nil }
        switch given {
        case .known(let axes): return SymbolicShape(try Self.without(axes, extents, site.path))
        case .unknown(let count): return count.map { .unknown(rank: Swift.max(0, extents.count - $0)) }
        case .absent:
            // Which axes vanish depends on extents that are not known.
            guard extents.allSatisfy({ $0.value != nil }) else { return nil }
            return SymbolicShape(extents.filter { $0 != .fixed(1) })
        }
    }

    private static func without(
        _ axes: [Int], _ extents: [Dimension], _ path: String
    ) throws(OperatorError) -> [Dimension] {
        let axes = try Axes.normalize(axes, rank: extents.count, path)
        for axis in axes {
            if let extent = extents[axis].value, extent != 1 {
                throw OperatorError(
                    .shape, subject: path, reason: "axis \(axis) has extent \(extent) and cannot be removed",
                    remedy: "remove axes of extent 1 only")
            }
        }
        return extents.enumerated().filter { !axes.contains($0.offset) }.map(\.element)
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] { [site.elements(0)] }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let axes = try call.integers("axes", orInput: 1) ?? data.shape.indices.filter { data.shape[$0] == 1 }
        let extents = try Self.without(axes, data.shape.map(Dimension.fixed), call.path)
        return [.tensor(try data.reshaped(Shape(extents.compactMap(\.value)), call.path))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        builder.result(0, builder.body.reshape(builder.gradient(), to: builder.body.shape(builder.input(0))))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.view, operands: [0]) }

    var examples: [Example] {
        let data = Value.floats([1, 2], [1, 2, 1])
        return [
            Example(
                "axes as an input", opset: 13, inputs: [data, .ints([0])], constantInputs: [1],
                expected: [.floats([1, 2], [2, 1])]),
            Example(
                "axes as an attribute", opset: 11, attributes: [Attribute("axes", .ints([-1]))], inputs: [data],
                expected: [.floats([1, 2], [1, 2])]),
            Example("every axis it can", opset: 7, inputs: [data], expected: [.floats([1, 2])]),
        ]
    }
}

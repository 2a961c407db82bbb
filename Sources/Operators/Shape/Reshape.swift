import Graphs
import Tensors

/// The same elements under another shape; 0 copies an extent, −1 is computed.
struct Reshape: ShapingOperator {
    let name = "Reshape"
    let signature = movement(
        [.init("shape", TypeSets.int64)], output: "reshaped",
        attributes: [.init("allowzero", default: .int(0))], versions: [5, 13, 14, 19, 21, 23, 24, 25])

    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        let keepsZeros = try attributes(site).flag("allowzero")
        guard let target = site.elements(1) else {
            return site.shape(1)?.dimensions.first?.value.map(SymbolicShape.unknown(rank:))
        }
        return SymbolicShape(try Self.resolve(site.shape(0)?.dimensions, target, keepsZeros: keepsZeros, site.path))
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] { [site.elements(0)] }

    /// The extents that a target shape asks of data.
    private static func resolve(
        _ data: [Dimension]?, _ target: [Dimension], keepsZeros: Bool, _ path: String
    ) throws(OperatorError) -> [Dimension] {
        var result = target
        var open: Int?
        for (axis, extent) in target.enumerated() {
            switch extent {
            case .fixed(0) where !keepsZeros:
                guard let data else {
                    result[axis] = .unknown
                    continue
                }
                guard axis < data.count else {
                    throw OperatorError(
                        .shape, subject: path, reason: "the target copies axis \(axis) of data of rank \(data.count)")
                }
                result[axis] = data[axis]
            case .fixed(-1):
                guard open == nil else {
                    throw OperatorError(.shape, subject: path, reason: "the target shape holds -1 twice")
                }
                open = axis
            case .fixed(let value) where value < 0:
                throw OperatorError(.shape, subject: path, reason: "the target shape holds \(value)")
            default: break
            }
        }
        if let open {
            let others = result.enumerated().filter { $0.offset != open }.map(\.element)
            result[open] = data.map { Extents.quotient($0, by: others) } ?? .unknown
        }
        return result
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let target = try call.tensor(1).integers(call.path)
        let extents = try Self.resolve(
            data.shape.map(Dimension.fixed), target.map(Dimension.fixed),
            keepsZeros: try attributes(call).flag("allowzero"), call.path)
        let shape = Shape(extents.map { $0.value ?? -1 })
        guard shape.checkedElementCount == data.elementCount else {
            throw OperatorError(
                .shape, subject: call.path,
                reason: "data of shape \(data.shape) cannot take the shape \(target)",
                remedy: "make the element counts equal")
        }
        return [.tensor(try data.reshaped(shape, call.path))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        builder.result(0, builder.body.reshape(builder.gradient(), to: builder.body.shape(builder.input(0))))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.view, operands: [0]) }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6], [2, 3])
        return [
            Example(
                "to a column", opset: 14, inputs: [data, .ints([6, 1])], constantInputs: [1],
                expected: [.floats([1, 2, 3, 4, 5, 6], [6, 1])]),
            Example(
                "computed extent", opset: 13, inputs: [data, .ints([3, -1])], constantInputs: [1],
                expected: [.floats([1, 2, 3, 4, 5, 6], [3, 2])]),
            Example(
                "copied extent", opset: 7, inputs: [data, .ints([0, 1, -1])], constantInputs: [1],
                expected: [.floats([1, 2, 3, 4, 5, 6], [2, 1, 3])]),
            Example(
                "zero is an extent", opset: 14, attributes: [Attribute("allowzero", .int(1))],
                inputs: [.floats([], [0, 3]), .ints([3, 0])], constantInputs: [1], expected: [.floats([], [3, 0])],
                isDifferentiable: false),
        ]
    }
}

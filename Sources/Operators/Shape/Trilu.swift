import Graphs
import Tensors

/// The upper or lower triangle of each matrix, zeros elsewhere; `k` shifts the diagonal.
struct Trilu: ShapingOperator {
    let name = "Trilu"
    let signature = movement(
        [.init("k", TypeSets.int64, .optional)], input: "input", types: TypeSets.classic.union([.bfloat16]),
        attributes: [.init("upper", default: .int(1))], versions: [14])

    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? { site.shape(0) }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        guard data.shape.rank >= 2 else {
            throw OperatorError(.shape, subject: call.path, reason: "data of shape \(data.shape) holds no matrices")
        }
        let diagonal = Swift.min(Swift.max(try call.optionalIntegers(1)?.first ?? 0, -(1 << 40)), 1 << 40)
        let (rows, columns) = (data.shape[data.shape.rank - 2], data.shape[data.shape.rank - 1])
        let keepsUpper = try attributes(call).flag("upper")
        let kept = (0..<rows).flatMap { row in
            (0..<columns).map { column in
                keepsUpper ? column - row >= diagonal : column - row <= diagonal
            }
        }
        let zero = try Tensor.zero(data.elementType, call.path)
        return [.tensor(try MaskMovement(kept: kept).tensor(from: [data, zero], shape: data.shape, path: call.path))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let inputs = [builder.gradient()] + (site.hasInput(1) ? [builder.input(1)] : [])
        builder.result(0, builder.body.call("Trilu", inputs, site.node.attributes))
        return builder.pullback()
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6], [2, 3])
        return [
            Example("upper", opset: 14, inputs: [data], expected: [.floats([1, 2, 3, 0, 5, 6], [2, 3])]),
            Example(
                "lower, shifted", opset: 14, attributes: [Attribute("upper", .int(0))],
                inputs: [data, .ints([-1], [])], constantInputs: [1], expected: [.floats([0, 0, 0, 4, 0, 0], [2, 3])]),
            Example("several matrices", opset: 14, inputs: [.noise([2, 2, 2]), .ints([1], [])], constantInputs: [1]),
        ]
    }

    /// Keeps some elements of every matrix and puts the second source elsewhere.
    private struct MaskMovement: ElementMovement {
        let kept: [Bool]

        func move<Element: Sendable>(_ sources: [[Element]]) throws(OperatorError) -> [Element] {
            var result = sources[0]
            for index in result.indices where !kept[index % kept.count] { result[index] = sources[1][0] }
            return result
        }
    }
}

extension Tensor {
    /// A scalar of zero bits, or an empty string.
    static func zero(_ type: ElementType, _ path: String) throws(OperatorError) -> Tensor {
        if type == .string { return try text("", path) }
        let bytes = Bytes(copying: [UInt8](repeating: 0, count: (type.bitWidth + 7) / 8))
        return try reinterpreting(bytes, as: type, [], path)
    }
}

import Graphs
import Tensors

/// Bits moved to the left or right, zeros (or, for signed integers moved right, the sign) coming in.
struct BitShift: BroadcastingOperator {
    let name = "BitShift"
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("X", TypeSets.integers), .init("Y", TypeSets.integers)],
        outputs: [.init("Z", TypeSets.integers)], attributes: [.init("direction", isRequired: true)],
        versions: [11, 28])

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let direction = try attributes(call).string("direction")
        guard direction == "LEFT" || direction == "RIGHT" else {
            throw OperatorError(
                .attribute, subject: call.path, reason: "attribute 'direction' is '\(direction)'",
                remedy: "use LEFT or RIGHT")
        }
        let kernel = Shift(
            left: try call.tensor(0), right: try call.tensor(1), isLeft: direction == "LEFT", path: call.path)
        return [try kernel.left.elementType.dispatchInteger(kernel, path: call.path)]
    }

    /// Moves bits; an amount that is negative or not below the width moves all of them out.
    @inline(__always)
    private static func shift<T: FixedWidthInteger>(_ value: T, by amount: T, isLeft: Bool) -> T {
        guard amount >= 0, amount < T.bitWidth else { return isLeft || value >= 0 ? 0 : ~0 }
        return isLeft ? value &<< amount : value &>> amount
    }

    private struct Shift: IntegerKernel {
        let left: Tensor
        let right: Tensor
        let isLeft: Bool
        let path: String

        func run<T: Number & FixedWidthInteger>(_ type: T.Type) throws(OperatorError) -> Value {
            let shape = try Broadcasting.shape([left.shape, right.shape], path)
            _ = try shape.allocatableCount(path)
            let (a, b): ([T], [T]) = (try left.elements(path), try right.elements(path))
            let isLeft = isLeft
            let result = ElementwiseLoops.zip(a, left.shape, b, right.shape, to: shape, filling: T.zero) {
                BitShift.shift($0, by: $1, isLeft: isLeft)
            }
            return try .make(result, shape, path)
        }
    }

    var examples: [Example] {
        [
            Example(
                "left", opset: 11, attributes: [.init("direction", .string("LEFT"))],
                inputs: [.tensor([UInt8(16), 4, 129]), .tensor([UInt8(1), 2, 1])],
                expected: [.tensor([UInt8(32), 16, 2])], isDifferentiable: false),
            Example(
                "right, stretched", opset: 11, attributes: [.init("direction", .string("RIGHT"))],
                inputs: [.tensor([UInt32(16), 4, 1]), .tensor([UInt32(2)], [])],
                expected: [.tensor([UInt32(4), 1, 0])], isDifferentiable: false),
        ]
    }
}

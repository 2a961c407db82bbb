import Graphs
import Tensors

/// The remainder of a division under broadcasting: with the sign of the divisor, or with `fmod` that of the dividend.
struct Mod: BroadcastingOperator {
    let name = "Mod"
    let agreement = Agreement.rounding
    let signature = Signature(
        inputs: [.init("A", TypeSets.numbers), .init("B", TypeSets.numbers)], outputs: [.init("C", TypeSets.numbers)],
        attributes: [.init("fmod", default: .int(0))], versions: [10, 13, 28])

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let keepsDividendSign = try attributes(call).flag("fmod")
        return try call.widened { (call) throws(OperatorError) in
            let (left, right) = (try call.tensor(0), try call.tensor(1))
            try Division.refuseZeros(right, call.path)
            if left.elementType.isInteger {
                let kernel = WholeRemainder(
                    left: left, right: right, keepsDividendSign: keepsDividendSign, path: call.path)
                return [try left.elementType.dispatchInteger(kernel, path: call.path)]
            }
            let kernel = RealRemainder(
                left: left, right: right, keepsDividendSign: keepsDividendSign, path: call.path)
            return [try left.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    private struct WholeRemainder: IntegerKernel {
        let left: Tensor
        let right: Tensor
        let keepsDividendSign: Bool
        let path: String

        func run<T: Number & FixedWidthInteger>(_ type: T.Type) throws(OperatorError) -> Value {
            let shape = try Broadcasting.shape([left.shape, right.shape], path)
            _ = try shape.allocatableCount(path)
            let keeps = keepsDividendSign
            let values = ElementwiseLoops.zip(
                try left.elements(path) as [T], left.shape, try right.elements(path), right.shape, to: shape,
                filling: T.zero
            ) { dividend, divisor in
                let remainder = dividend.remainderReportingOverflow(dividingBy: divisor).partialValue
                return keeps || remainder == 0 || (remainder < 0) == (divisor < 0) ? remainder : remainder &+ divisor
            }
            return try .make(values, shape, path)
        }
    }

    private struct RealRemainder: RealKernel {
        let left: Tensor
        let right: Tensor
        let keepsDividendSign: Bool
        let path: String

        func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
            let shape = try Broadcasting.shape([left.shape, right.shape], path)
            _ = try shape.allocatableCount(path)
            let keeps = keepsDividendSign
            let values = ElementwiseLoops.zip(
                try left.elements(path) as [T], left.shape, try right.elements(path), right.shape, to: shape,
                filling: T.zero
            ) { dividend, divisor in
                let remainder = dividend.truncatingRemainder(dividingBy: divisor)
                return keeps || remainder == 0 || (remainder < 0) == (divisor < 0) ? remainder : remainder + divisor
            }
            return try .make(values, shape, path)
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let shape = try stretchedShape(site)
        try builder.result(0, builder.gradient(), stretchedTo: shape)
        // C = A − q B with a whole q, so that ∂C/∂B = (C − A) / B.
        let difference = builder.body.subtract(builder.output(0), builder.input(0))
        let slope = builder.body.divide(difference, builder.input(1))
        try builder.result(1, builder.body.multiply(builder.gradient(), slope), stretchedTo: shape)
        return builder.pullback()
    }

    var examples: [Example] {
        [
            Example(
                "sign of the divisor", opset: 13, inputs: [.ints([-4, 7, 5, 4, -7, 8]), .ints([2, -3, 8, -2, 3, 5])],
                expected: [.ints([0, -2, 5, 0, 2, 3])], isDifferentiable: false),
            Example(
                "sign of the dividend", opset: 13, attributes: [.init("fmod", .int(1))],
                inputs: [.ints([-4, 7, 5, 4, -7, 8]), .ints([2, -3, 8, -2, 3, 5])],
                expected: [.ints([0, 1, 5, 0, -1, 3])], isDifferentiable: false),
            Example(
                "floats", opset: 13, attributes: [.init("fmod", .int(1))],
                inputs: [.floats([-4.25, 7.5, 5]), .floats([2, -3.5, 8])], expected: [.floats([-0.25, 0.5, 5])]),
            Example(
                "stretched", opset: 10, inputs: [.tensor([Int32(5), 6, 7], [3, 1]), .tensor([Int32(3), 4])],
                expected: [.tensor([Int32(2), 1, 0, 2, 1, 3], [3, 2])], isDifferentiable: false),
        ]
    }
}

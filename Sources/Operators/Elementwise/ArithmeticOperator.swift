import Graphs
import Tensors

/// A function of two numbers of one type, for every numeric type.
protocol ArithmeticOperator: BroadcastingOperator {
    static func apply<T: Number>(_ left: T, _ right: T) -> T
    static var kind: Kernel.BinaryKind { get }
    /// Refuses operands for which the standard defines no result.
    func check(_ left: Tensor, _ right: Tensor, _ path: String) throws(OperatorError)
}

extension ArithmeticOperator {
    var agreement: Agreement { .rounding }

    func check(_ left: Tensor, _ right: Tensor, _ path: String) throws(OperatorError) {}

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        try call.widened { (call) throws(OperatorError) in
            let (left, right) = (try call.tensor(0), try call.tensor(1))
            try check(left, right, call.path)
            return [try left.elementType.dispatch(ArithmeticKernel<Self>(left, right, call.path), path: call.path)]
        }
    }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.binary(Self.kind), operands: [0, 1]) }
}

private struct ArithmeticKernel<Function: ArithmeticOperator>: NumberKernel {
    let left: Tensor
    let right: Tensor
    let path: String

    init(_ left: Tensor, _ right: Tensor, _ path: String) {
        self.left = left
        self.right = right
        self.path = path
    }

    func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
        let shape = try Broadcasting.shape([left.shape, right.shape], path)
        _ = try shape.allocatableCount(path)
        let values = ElementwiseLoops.zip(
            try left.elements(path), left.shape, try right.elements(path), right.shape, to: shape, filling: T.zero,
            Function.apply)
        return try .make(values, shape, path)
    }
}

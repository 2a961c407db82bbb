import Graphs
import Tensors

/// A computation that is the same for every integer element type.
protocol IntegerKernel {
    associatedtype Result
    func run<T: Number & FixedWidthInteger>(_ type: T.Type) throws(OperatorError) -> Result
}

extension ElementType {
    /// Runs a computation in the Swift integer of this element type.
    ///
    /// - Throws: `OperatorError` of code `type` where the elements are no integers of a native width.
    func dispatchInteger<Kernel: IntegerKernel>(_ kernel: Kernel, path: String) throws(OperatorError) -> Kernel.Result {
        switch self {
        case .int32: return try kernel.run(Int32.self)
        case .int64: return try kernel.run(Int64.self)
        case .uint8: return try kernel.run(UInt8.self)
        default:
            guard let type = rareInteger else {
                throw OperatorError(.type, subject: path, reason: "it does not compute with elements of \(name)")
            }
            return try kernel.run(type)
        }
    }

    /// The integers that models seldom hold bits in; see `rareNumber`.
    @inline(never)
    private var rareInteger: (any (Number & FixedWidthInteger).Type)? {
        switch self {
        case .int8: Int8.self
        case .int16: Int16.self
        case .uint16: UInt16.self
        case .uint32: UInt32.self
        case .uint64: UInt64.self
        default: nil
        }
    }
}

/// A function of the bits of two integers of one type under broadcasting.
protocol BitwiseOperator: BroadcastingOperator {
    static func apply<T: FixedWidthInteger>(_ left: T, _ right: T) -> T
}

extension BitwiseOperator {
    var agreement: Agreement { .exact }
    var signature: Signature {
        Signature(
            inputs: [.init("A", TypeSets.integers), .init("B", TypeSets.integers)],
            outputs: [.init("C", TypeSets.integers)], versions: [18])
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (left, right) = (try call.tensor(0), try call.tensor(1))
        let kernel = BitwiseKernel(left: left, right: right, path: call.path, function: self)
        return [try left.elementType.dispatchInteger(kernel, path: call.path)]
    }
}

private struct BitwiseKernel<Function: BitwiseOperator>: IntegerKernel {
    let left: Tensor
    let right: Tensor
    let path: String
    let function: Function

    func run<T: Number & FixedWidthInteger>(_ type: T.Type) throws(OperatorError) -> Value {
        let shape = try Broadcasting.shape([left.shape, right.shape], path)
        _ = try shape.allocatableCount(path)
        let (a, b): ([T], [T]) = (try left.elements(path), try right.elements(path))
        let result = ElementwiseLoops.zip(a, left.shape, b, right.shape, to: shape, filling: T.zero, Function.apply)
        return try .make(result, shape, path)
    }
}

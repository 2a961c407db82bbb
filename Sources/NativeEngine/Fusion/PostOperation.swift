import Operators

/// What a kernel does to each element of its result before it stores it.
enum PostOperation: Hashable {
    case unary(Kernel.UnaryKind)
    /// The other operand is that of the index among the operands of the kernel; the result comes first.
    case binary(Kernel.BinaryKind, operand: Int)

    /// Which operand of the kernel it reads; `nil` for none.
    var operand: Int? { if case .binary(_, let operand) = self { operand } else { nil } }
}

/// A call expressed in the closed vocabulary of kernels, with the operands the kernel reads.
public struct Lowering: Sendable, Hashable {
    /// The kernel with its parameters.
    public var kernel: Kernel
    /// Which inputs of the call feed the kernel, in the kernel's own order; `nil` for an operand it can do without.
    public var operands: [Int?]

    /// Makes a lowering.
    public init(_ kernel: Kernel, operands: [Int?]) {
        self.kernel = kernel
        self.operands = operands
    }
}

import CVectorKernels
import Operators

/// What follows a convolution, as far as Assay's own kernels do it: a residual, then an activation.
struct ConvolutionFinish {
    /// Which operand is added; `nil` for none.
    private(set) var residual: Int?
    private(set) var activation = AssayActivation(lowest: -.infinity, highest: .infinity, isHardSwish: 0)

    /// Reads a chain; `nil` where the kernels lack it.
    init?(_ operations: [PostOperation], _ operands: [KernelOperand?], extents: [Int]) {
        for (index, operation) in operations.enumerated() {
            switch operation {
            case .binary(.addition, let operand):
                guard index == 0, operand < operands.count, operands[operand]?.extents == extents else { return nil }
                residual = operand
            case .unary(let kind):
                guard index == operations.count - 1 else { return nil }
                switch kind {
                case .relu: activation.lowest = 0
                case .clip(let lower, let upper): (activation.lowest, activation.highest) = (lower, upper)
                case .hardSwish: activation.isHardSwish = 1
                default: return nil
                }
            default: return nil
            }
        }
    }
}

import Tensors

/// The operands that quantised products and convolutions share: both factors with scale and zero point, a bias, and scale
/// and zero point of the result.
struct QuantizedOperands {
    let left: KernelOperand
    let right: KernelOperand
    /// Whether the left factor is real: it has neither scale nor zero point.
    let isLeftReal: Bool
    /// `i32` where there are no scales and no reals, `f32` where the result has no scale.
    let resultType: ElementType

    /// `nil` where an operand is missing or has another type.
    init?(_ operands: [KernelOperand?]) {
        guard operands.count > 3, let left = operands[0], let right = operands[3], Self.isByte(right) else {
            return nil
        }
        isLeftReal = left.elementType == .float32
        guard isLeftReal ? operands[1] == nil && operands[2] == nil : Self.isByte(left) else { return nil }
        let scales = [1, 4, 7].compactMap { $0 < operands.count ? operands[$0] : nil }
        let zeroPoints = [2, 5, 8].compactMap { $0 < operands.count ? operands[$0] : nil }
        guard scales.allSatisfy({ $0.elementType == .float32 }), zeroPoints.allSatisfy(Self.isByte) else { return nil }
        // A zero point has the type of what it belongs to.
        if let zero = operands[2], zero.elementType != left.elementType { return nil }
        if operands.count > 5, let zero = operands[5], zero.elementType != right.elementType { return nil }
        if operands.count > 7, operands[7] != nil {
            resultType = (operands.count > 8 ? operands[8]?.elementType : nil) ?? .uint8
        } else {
            resultType = scales.isEmpty && !isLeftReal ? .int32 : .float32
        }
        self.left = left
        self.right = right
    }

    private static func isByte(_ operand: KernelOperand) -> Bool {
        operand.elementType == .uint8 || operand.elementType == .int8
    }
}

import Tensors

/// Tensors without elements.
enum EmptyTensor {
    /// A tensor of a shape with an extent of 0.
    static func make(_ type: ElementType, _ shape: Shape, _ path: String) throws(OperatorError) -> Tensor {
        do {
            if type == .string { return try Tensor(strings: [], shape: shape) }
            return try Tensor(elementType: type, shape: shape, bytes: Bytes(copying: EmptyCollection()))
        } catch {
            throw OperatorError(.shape, subject: path, reason: error.description)
        }
    }
}

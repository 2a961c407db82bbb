import Tensors

/// Conversion between element types with the errors of this module.
enum Conversion {
    /// The same values in another element type, as `Cast` gives them.
    ///
    /// - Throws: `OperatorError` of code `type` where a type holds no numbers.
    static func convert(_ tensor: Tensor, to type: ElementType, _ path: String) throws(OperatorError) -> Tensor {
        do { return try tensor.converted(to: type) } catch {
            throw OperatorError(.type, subject: path, reason: error.description)
        }
    }
}

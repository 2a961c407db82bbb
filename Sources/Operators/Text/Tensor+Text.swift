import Tensors

extension Tensor {
    /// The elements of a tensor of strings.
    ///
    /// - Throws: `OperatorError` of code `type` where it holds numbers.
    func texts(_ path: String) throws(OperatorError) -> [String] {
        guard let strings else {
            throw OperatorError(.type, subject: path, reason: "\(elementType.name)[\(shape)] does not hold strings")
        }
        return strings
    }

    /// A tensor of strings made by a kernel.
    static func make(texts: [String], _ shape: Shape, _ path: String) throws(OperatorError) -> Tensor {
        do { return try Tensor(strings: texts, shape: shape) } catch {
            throw OperatorError(.shape, subject: path, reason: error.description)
        }
    }
}

import Tensors

/// Conditions of control flow.
enum Truth {
    /// The only element of a truth tensor; `nil` where it holds more or fewer.
    static func value(_ tensor: Tensor, _ path: String) throws(OperatorError) -> Bool? {
        let values: [Bool] = try tensor.elements(path)
        return values.count == 1 ? values[0] : nil
    }
}

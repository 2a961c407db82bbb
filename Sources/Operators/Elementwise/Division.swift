import Tensors

/// What integer division refuses.
enum Division {
    /// Refuses an integer divisor of zero, for which the standard defines no result.
    static func refuseZeros(_ divisor: Tensor, _ path: String) throws(OperatorError) {
        guard divisor.elementType.isInteger else { return }
        if try divisor.elementType.dispatch(ZeroSearch(tensor: divisor, path: path), path: path) {
            throw OperatorError(.unsupported, subject: path, reason: "an integer is divided by zero")
        }
    }

    private struct ZeroSearch: NumberKernel {
        let tensor: Tensor
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Bool {
            let values: [T] = try tensor.elements(path)
            return values.contains(.zero)
        }
    }
}

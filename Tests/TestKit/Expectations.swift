public import Tensors
public import Testing

/// Expects a tensor to agree with the one it should be, and says by how much and where it does not.
@discardableResult
public func expectAgreement(
    _ actual: Tensor, _ reference: Tensor, _ tolerance: Tolerance = .exact, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) -> TensorComparison {
    let comparison = TensorComparison(actual, reference: reference, tolerance: tolerance)
    #expect(comparison.agrees, "\(comparison.description) \(comment?.rawValue ?? "")", sourceLocation: sourceLocation)
    return comparison
}

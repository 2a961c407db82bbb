import Tensors

/// A step from tensor to tensor that treats every input alike.
protocol TensorStep: Step, SampleTransform {
    func apply(_ tensor: Tensor, subject: String) throws(AssetError) -> Tensor
}

extension TensorStep {
    /// The kind that it is given.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        guard case .tensors = kind else { throw mismatch(kind, needs: "tensors") }
        return kind
    }

    /// Processes the tensors of one sample.
    public func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample {
        guard case .tensors(let tensors) = sample else { throw mismatch(sample.kind, needs: "tensors") }
        var result: [NamedTensor] = []
        for given in tensors {
            result.append(NamedTensor(name: given.name, tensor: try apply(given.tensor, subject: subject)))
        }
        return .tensors(result)
    }
}

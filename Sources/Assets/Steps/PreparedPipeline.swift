package import Records

/// A pipeline that was checked and holds all its steps need; called from several threads at once.
public struct PreparedPipeline: Sendable {
    /// The inputs it makes, in order; an empty name stands for a model's only input.
    public let names: [String]
    /// The names of its steps, in order.
    public let stepNames: [String]
    private let transforms: [any SampleTransform]

    init(names: [String], stepNames: [String], transforms: [any SampleTransform]) {
        self.names = names
        self.stepNames = stepNames
        self.transforms = transforms
    }

    /// Processes one item.
    ///
    /// - Parameter subject: what messages call it.
    /// - Throws: `AssetError` that names the item and why it cannot be processed.
    public func callAsFunction(_ sample: Sample, subject: String) throws(AssetError) -> [NamedTensor] {
        var sample = sample
        for transform in transforms { sample = try transform.apply(sample, subject: subject) }
        guard case .tensors(let tensors) = sample else {
            throw AssetError(.stepMismatch, subject: subject, reason: "the pipeline ends with \(sample.kind)")
        }
        return tensors
    }

    /// Processes one item and says what each step made of it, so that a later run can tell which step differs.
    ///
    /// - Throws: `AssetError` that names the item and why it cannot be processed.
    package func stages(_ sample: Sample, subject: String) throws(AssetError) -> [Digest] {
        var sample = sample
        var digests: [Digest] = []
        for transform in transforms {
            sample = try transform.apply(sample, subject: subject)
            digests.append(sample.digest)
        }
        return digests
    }

    /// Processes one item and adds the time of each step to a profile.
    func timed(
        _ sample: Sample, subject: String, into profile: inout [Duration]
    ) throws(AssetError) -> [NamedTensor] {
        var sample = sample
        for (index, transform) in transforms.enumerated() {
            let start = ContinuousClock.now
            defer { profile[index] += ContinuousClock.now - start }
            sample = try transform.apply(sample, subject: subject)
        }
        guard case .tensors(let tensors) = sample else {
            throw AssetError(.stepMismatch, subject: subject, reason: "the pipeline ends with \(sample.kind)")
        }
        return tensors
    }
}

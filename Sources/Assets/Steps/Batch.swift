import Tensors

/// Inputs of several samples joined along the batch axis.
public enum Batch {
    /// How samples become a batch.
    public enum Joining: String, Sendable, Hashable, CaseIterable {
        /// A new axis in front: `[3, 224, 224]` becomes `[n, 3, 224, 224]`.
        case stack
        /// Along the first axis that they have: windows of sounds.
        case concatenate
    }

    /// Joins the inputs of samples.
    ///
    /// - Throws: `AssetError` of code `raggedBatch` when names, types or shapes differ, or there is no sample.
    public static func assemble(
        _ samples: [[NamedTensor]], joining: Joining = .stack
    ) throws(AssetError) -> [NamedTensor] {
        guard let first = samples.first else { throw ragged("a batch", "it has no sample") }
        var result: [NamedTensor] = []
        for (index, model) in first.enumerated() {
            var parts: [Tensor] = []
            for sample in samples {
                guard sample.count == first.count, sample[index].name == model.name else {
                    throw ragged("a batch", "its samples are for different inputs")
                }
                parts.append(sample[index].tensor)
            }
            result.append(NamedTensor(name: model.name, tensor: try join(parts, name: model.name, joining)))
        }
        return result
    }

    private static func join(_ parts: [Tensor], name: String, _ joining: Joining) throws(AssetError) -> Tensor {
        let subject = name.isEmpty ? "the input of a batch" : "input '\(name)' of a batch"
        let model = parts[0]
        let inner = joining == .stack ? model.shape.dimensions : Array(model.shape.dimensions.dropFirst())
        guard joining == .stack || model.shape.rank > 0 else { throw ragged(subject, "scalars have no axis to join") }
        var bytes: [UInt8] = []
        var length = 0
        for part in parts {
            let own = joining == .stack ? part.shape.dimensions : Array(part.shape.dimensions.dropFirst())
            guard part.elementType == model.elementType, own == inner, let content = part.bytes else {
                throw ragged(
                    subject,
                    "a \(model.elementType.name)[\(model.shape)] and a \(part.elementType.name)[\(part.shape)] do not join"
                )
            }
            length += joining == .stack ? 1 : part.shape[0]
            bytes.append(contentsOf: content.array)
        }
        let shape = Shape([length] + inner)
        return try tensor(subject) { () throws(TensorError) in
            try Tensor(elementType: model.elementType, shape: shape, bytes: Bytes(copying: bytes))
        }
    }

    private static func ragged(_ subject: String, _ reason: String) -> AssetError {
        AssetError(
            .raggedBatch, subject: subject, reason: reason,
            remedy: "resize, crop or pad samples to one size, or use batches of one")
    }
}

public import Tensors

/// Post-processing that holds all its steps need.
public struct PreparedOutputPipeline: Sendable {
    private let transforms: [any OutputTransform]

    init(transforms: [any OutputTransform]) { self.transforms = transforms }

    /// The predictions of a batch.
    ///
    /// - Parameters:
    ///   - output: the output of the model, whose first axis counts the samples.
    ///   - samples: the inputs of each sample, without a batch axis.
    /// - Throws: `AssetError` of code `unexpectedOutput` when the output does not fit the samples or the steps.
    public func callAsFunction(_ output: Tensor, samples: [[NamedTensor]]) throws(AssetError) -> [Prediction] {
        let values = try TensorConversion.doubles(output, subject: "output").map { Float($0) }
        guard let count = output.shape.first, count == samples.count, count > 0 else {
            throw AssetError(
                .unexpectedOutput, subject: "output",
                reason: "its shape \(output.shape) is not that of \(samples.count) samples",
                remedy: "state the output whose first axis counts the samples")
        }
        let inner = Shape(Array(output.shape.dimensions.dropFirst()))
        let size = values.count / count
        var predictions: [Prediction] = []
        for (index, inputs) in samples.enumerated() {
            predictions.append(
                try predict(Array(values[(index * size)..<((index + 1) * size)]), shape: inner, inputs: inputs))
        }
        return predictions
    }

    private func predict(
        _ values: [Float], shape: Shape, inputs: [NamedTensor]
    ) throws(AssetError) -> Prediction {
        var value = OutputValue.values(values, shape: shape)
        for transform in transforms { value = try transform.apply(value, inputs: inputs) }
        switch value {
        case .prediction(let prediction): return prediction
        case .values(let values, _): return .vector(values)
        }
    }
}

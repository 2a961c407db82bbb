public import Specs
import Tensors

/// Decides by comparing one score with a threshold.
public struct ApplyThreshold: OutputStep, OutputTransform {
    /// The score from which on the answer is yes.
    public var value: Double
    /// Which of the output's values is the score.
    public var index: Int

    /// Makes the step.
    public init(value: Double, index: Int = 0) {
        self.value = value
        self.index = index
    }

    /// The parameters.
    public static let spec = SpecObject(
        "threshold", "Yes where one value of the output is at least a threshold.", initial: ApplyThreshold(value: 0.5),
        [
            .required("value", \.value, .double, "The score from which on the answer is yes."),
            SpecField("index", \.index, .int(0...), "Which of the output's values is the score."),
        ])

    /// Decides one sample.
    public func apply(_ value: OutputValue, inputs: [NamedTensor]) throws(AssetError) -> OutputValue {
        let (values, _) = try values(of: value)
        guard values.indices.contains(index) else {
            throw AssetError(
                .unexpectedOutput, subject: "step 'threshold'",
                reason: "the output has \(values.count) values and no \(index)")
        }
        return .prediction(.decision(isPositive: Double(values[index]) >= self.value, score: values[index]))
    }
}

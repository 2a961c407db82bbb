/// A step of post-processing made ready.
public protocol OutputTransform: Sendable {
    /// Processes the output for one sample.
    ///
    /// - Parameter inputs: the sample's own inputs, without the batch axis; pooling needs the attention mask.
    /// - Throws: `AssetError` of code `unexpectedOutput` when the output is not of the form the step needs.
    func apply(_ value: OutputValue, inputs: [NamedTensor]) throws(AssetError) -> OutputValue
}

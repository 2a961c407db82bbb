/// A sample that a loader delivers: the inputs of a model, or why there are none.
public struct LoadedSample: Sendable {
    /// Its number in the data set.
    public let index: Int
    /// What messages and records call it.
    public let name: String
    /// What it is, where the data set says so and it could be read.
    public let label: DataLabel?
    /// The inputs, without a batch axis, or why it cannot be used.
    public let inputs: Result<[NamedTensor], AssetError>
    /// How long reading took.
    public let reading: Duration
    /// How long each step of the pipeline took, in order.
    public let steps: [Duration]

    /// How long loading took in all.
    public var busy: Duration { steps.reduce(reading, +) }
}

/// One sample of a data set before pre-processing.
public struct DataItem: Sendable {
    /// What messages and records call it: a path below the data set's folder, or a row.
    public let name: String
    /// The content.
    public let sample: Sample
    /// What it is, where the data set says so.
    public let label: DataLabel?

    /// Makes an item.
    public init(name: String, sample: Sample, label: DataLabel?) {
        self.name = name
        self.sample = sample
        self.label = label
    }
}

/// One sample of a data set with its label and what the model said.
public struct ScoredSample: Sendable, Hashable {
    /// The sample: a file name or a number.
    public var name: String
    /// The label: a class name, a class number or a text; `nil` where the data has none.
    public var label: String?
    /// What the model said; `nil` when the sample could not be read or the run failed.
    public var answer: Answer?

    /// Makes a scored sample.
    public init(name: String, label: String?, answer: Answer?) {
        self.name = name
        self.label = label
        self.answer = answer
    }
}

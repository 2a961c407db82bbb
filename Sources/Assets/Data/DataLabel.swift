/// What is known of a sample: the answer that a model should give.
public enum DataLabel: Sendable, Hashable {
    /// The number of a class.
    case index(Int)
    /// A text: a transcript, or a word without a list of classes.
    case text(String)
}

/// What the outputs of the models mean, as a spec says it.
public enum TaskSpec: Sendable {
    case outputs
    case classification(ClassificationSpec)
    case transcription(TranscriptionSpec)
    case embedding(EmbeddingSpec)

    /// One class of many.
    public struct ClassificationSpec: Sendable {
        /// Which k of top-k are counted.
        public var top = [1, 5]
        /// Where the class names stand, in the order of the classes.
        public var classes: ClassNames?
        /// For labels that are not class names themselves, the class names that are right.
        public var accept: [String: [String]] = [:]
        /// The output that holds the scores.
        public var output: String?

        /// Makes the defaults.
        public init() {}
    }

    /// Where class names stand.
    public enum ClassNames: Sendable {
        /// In the spec itself.
        case list([String])
        /// A text file with one name a line.
        case file(String)
        /// A text in the model's metadata with one name a line.
        case metadata(String)
        /// A list under a key of a JSON file.
        case json(file: String, key: String)
    }

    /// A text read off class scores over time.
    public struct TranscriptionSpec: Sendable {
        /// The key of the model's metadata that lists the characters, one a line.
        public var metadata = "character"
        /// Whether the space is the last class.
        public var space = true
        /// Whether case and spaces count.
        public var strict = true
        /// The output that holds the scores.
        public var output: String?

        /// Makes the defaults.
        public init() {}
    }

    /// A sentence as a vector.
    public struct EmbeddingSpec: Sendable {
        /// The output that holds token vectors or the pooled vector.
        public var output: String?
        /// The input that holds the attention mask.
        public var mask = "attention_mask"

        /// Makes the defaults.
        public init() {}
    }
}

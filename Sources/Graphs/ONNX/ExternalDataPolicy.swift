/// Where the writer puts the initializers of a model that becomes a file.
public enum ExternalDataPolicy: Sendable, Hashable {
    /// All in the model's own file, which protobuf limits to 2 GiB.
    case inline
    /// Initializers of at least this many bytes in a second file, `NAME.data`, beside the model's.
    case beside(minimumBytes: Int)
    /// Inline when it fits 2 GiB, otherwise beside.
    case automatic
}

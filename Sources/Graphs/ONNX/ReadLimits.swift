/// Bounds on what reading a model may take, so that a hostile file ends in an error and not in exhausted memory.
public struct ReadLimits: Sendable, Hashable {
    /// The deepest nesting of messages, of which a subgraph takes three levels.
    ///
    /// Protobuf's own default is 100.
    public var maximumDepth: Int
    /// Bytes of memory that decoded structure may take; weights that stay in the mapped file do not count.
    public var maximumDecodedBytes: Int

    /// Sets bounds; the defaults read every model that fits a computer of today.
    public init(maximumDepth: Int = 100, maximumDecodedBytes: Int = 4 << 30) {
        self.maximumDepth = maximumDepth
        self.maximumDecodedBytes = maximumDecodedBytes
    }
}

/// Bounds on what inlining may make of a model, since functions that call functions can double at every level.
public struct InliningLimits: Sendable, Hashable {
    /// The largest number of nodes and calls.
    public var maximumNodes: Int
    /// The deepest chain of calls.
    public var maximumDepth: Int
    /// The most bytes that new names may take.
    public var maximumNameBytes: Int

    /// Sets bounds.
    public init(maximumNodes: Int = 1 << 22, maximumDepth: Int = 128, maximumNameBytes: Int = 1 << 28) {
        self.maximumNodes = maximumNodes
        self.maximumDepth = maximumDepth
        self.maximumNameBytes = maximumNameBytes
    }
}

/// Bounds on what reading a trace may take, so that a hostile file ends in an error and not in exhausted memory.
public struct TimelineLimits: Sendable, Hashable {
    /// The most events, packets or spans of one file.
    public var maximumEvents: Int
    /// The deepest nesting of values inside one event.
    public var maximumDepth: Int

    /// Sets bounds; the defaults read traces of hours.
    public init(maximumEvents: Int = 50_000_000, maximumDepth: Int = 64) {
        self.maximumEvents = maximumEvents
        self.maximumDepth = maximumDepth
    }
}

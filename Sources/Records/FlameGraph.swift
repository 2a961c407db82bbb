/// Where time went, as a tree of frames: each as wide as the time spent in it and in what it called.
///
/// After Gregg, "The Flame Graph", CACM 59(6), 2016.
public struct FlameGraph: Sendable, Hashable, Codable {
    /// One frame.
    public struct Frame: Sendable, Hashable, Codable {
        /// What it stands for.
        public var name: String
        /// What kind of thing it is; frames of one kind share a colour.
        public var kind: String
        /// How many frames lie between it and the outermost one, which has 0.
        public var depth: Int
        /// Where it begins, in the graph's unit from the beginning of the outermost frame.
        public var start: Double
        /// How much it and what it holds take, in the graph's unit.
        public var value: Double
        /// What else is known of it, for who looks closer.
        public var details: String

        /// Makes a frame.
        public init(
            _ name: String, kind: String = "", depth: Int, start: Double, value: Double, details: String = ""
        ) {
            self.name = name
            self.kind = kind
            self.depth = depth
            self.start = start
            self.value = value
            self.details = details
        }
    }

    /// What the widths show.
    public var axis: Axis
    /// The frames from the outermost inwards: each comes after the one that holds it.
    public var frames: [Frame]

    /// Makes a graph.
    public init(axis: Axis = Axis("Time", .nanoseconds), frames: [Frame]) {
        self.axis = axis
        self.frames = frames
    }
}

/// Spans of time in lanes: what ran when, on which thread.
public struct TimelineChart: Sendable, Hashable, Codable {
    /// One span.
    public struct Span: Sendable, Hashable, Codable {
        /// What ran.
        public var name: String
        /// What kind of thing it is; spans of one kind share a colour.
        public var kind: String
        /// When it began, in the chart's unit from the chart's start.
        public var start: Double
        /// How long it took, in the chart's unit.
        public var duration: Double

        /// Makes a span.
        public init(_ name: String, kind: String = "", start: Double, duration: Double) {
            self.name = name
            self.kind = kind
            self.start = start
            self.duration = duration
        }
    }

    /// A lane of spans that do not overlap.
    public struct Lane: Sendable, Hashable, Codable {
        /// What the lane stands for: a thread, a stage.
        public var name: String
        /// Its spans.
        public var spans: [Span]

        /// Makes a lane.
        public init(_ name: String, _ spans: [Span]) {
            self.name = name
            self.spans = spans
        }
    }

    /// The axis of time.
    public var axis: Axis
    /// The lanes, from the top.
    public var lanes: [Lane]

    /// Makes a chart.
    public init(axis: Axis = Axis("Time", .nanoseconds), lanes: [Lane]) {
        self.axis = axis
        self.lanes = lanes
    }
}

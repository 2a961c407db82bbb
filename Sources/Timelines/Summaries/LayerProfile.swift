/// How long the spans of one level took, by name: which layers a model spends its time in (XSP, analyses A2 to A7).
public struct LayerProfile: Sendable, Hashable {
    /// The spans of one name.
    public struct Entry: Sendable, Hashable {
        /// The name: of a layer, as the engine calls it.
        public var name: String
        /// The category of the first of the spans: of a layer, its operator.
        public var category: String
        /// How many spans there were.
        public var count: Int
        /// Nanoseconds in them together.
        public var total: Int64
        /// Nanoseconds in them outside of their children.
        public var selfTime: Int64
        /// Nanoseconds in the shortest.
        public var minimum: Int64
        /// Nanoseconds in the longest.
        public var maximum: Int64

        /// Makes an entry.
        public init(
            name: String, category: String, count: Int, total: Int64, selfTime: Int64, minimum: Int64, maximum: Int64
        ) {
            self.name = name
            self.category = category
            self.count = count
            self.total = total
            self.selfTime = selfTime
            self.minimum = minimum
            self.maximum = maximum
        }
    }

    /// The level.
    public let level: Timeline.Level
    /// The names in the order of their first spans.
    public let entries: [Entry]

    /// Adds up the spans of a level.
    ///
    /// - Throws: `TimelineError` of code `cyclicParents` or `negativeDuration`.
    public init(_ timeline: Timeline, level: Timeline.Level = .layer) throws(TimelineError) {
        let forest = try SpanForest(timeline)
        var entries: [Entry] = []
        var places: [String: Int] = [:]
        let chosen = timeline.spans.indices.filter { timeline.spans[$0].level == level }
        for index in chosen.sorted(by: { (timeline.spans[$0].start, $0) < (timeline.spans[$1].start, $1) }) {
            let span = timeline.spans[index]
            let place = places[span.name] ?? entries.count
            if place == entries.count {
                places[span.name] = place
                entries.append(
                    Entry(
                        name: span.name, category: span.category, count: 0, total: 0, selfTime: 0,
                        minimum: span.duration, maximum: span.duration))
            }
            entries[place].count += 1
            entries[place].total = entries[place].total.addingSaturated(span.duration)
            let selfTime = forest.selfTime(of: index, in: timeline)
            entries[place].selfTime = entries[place].selfTime.addingSaturated(selfTime)
            entries[place].minimum = min(entries[place].minimum, span.duration)
            entries[place].maximum = max(entries[place].maximum, span.duration)
        }
        self.level = level
        self.entries = entries
    }
}

extension Timeline {
    /// Something that ran: from when, for how long, where, and at which level.
    public struct Span: Sendable, Hashable {
        /// The span's own number; unique in its timeline and not 0.
        public var id: UInt64
        /// The span that it is part of.
        public var parent: UInt64?
        /// What ran.
        public var name: String
        /// What sort of thing it is, for filters of viewers.
        public var category: String
        /// How deep in the stack of software it lies; `nil` when the trace does not say.
        public var level: Level?
        /// The part that it plays between processes.
        public var kind: Kind
        /// The thread that it ran on.
        public var track: TrackID
        /// When it began, in nanoseconds.
        public var start: Int64
        /// How long it took, in nanoseconds.
        public var duration: Int64
        /// What else is known of it.
        public var arguments: [Argument]

        /// Makes a span; without a category it has the name of its level.
        public init(
            _ id: UInt64, parent: UInt64? = nil, name: String, category: String? = nil, level: Level? = nil,
            kind: Kind = .internal, track: TrackID, start: Int64, duration: Int64, arguments: [Argument] = []
        ) {
            self.id = id
            self.parent = parent
            self.name = name
            self.category = category ?? level?.rawValue ?? ""
            self.level = level
            self.kind = kind
            self.track = track
            self.start = start
            self.duration = duration
            self.arguments = arguments
        }

        /// When it ended, in nanoseconds; the last time that there is when the sum does not fit.
        public var end: Int64 {
            let (end, overflow) = start.addingReportingOverflow(duration)
            return overflow ? (duration < 0 ? .min : .max) : end
        }

        /// Whether all of the other span lies in this one's closed interval.
        public func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
    }
}

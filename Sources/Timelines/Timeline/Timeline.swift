/// What ran when on which thread of which process, at which level, and what was counted meanwhile.
///
/// The levels and the search for parents by containment are those of XSP (Li et al., "XSP: Across-Stack Profiling and
/// Analysis of Machine Learning Models on GPUs", IPDPS 2020). Times are nanoseconds of one clock.
public struct Timeline: Sendable, Hashable {
    /// The processes; their identifiers differ.
    public var processes: [Process]
    /// The threads, each a track of spans; their identifiers differ and their processes are declared.
    public var tracks: [Track]
    /// What ran.
    public var spans: [Span]
    /// What was counted.
    public var counters: [Counter]

    /// Makes a timeline.
    public init(processes: [Process] = [], tracks: [Track] = [], spans: [Span] = [], counters: [Counter] = []) {
        self.processes = processes
        self.tracks = tracks
        self.spans = spans
        self.counters = counters
    }

    /// The same timeline with everything in one fixed order: what two equal runs are compared by.
    ///
    /// Processes and tracks go by identifier, spans by track, start, longest first, and identifier, counters by process,
    /// name and unit, and samples by time.
    public func ordered() -> Timeline {
        var timeline = self
        timeline.processes.sort { $0.id < $1.id }
        timeline.tracks.sort { $0.id < $1.id }
        timeline.spans.sort { left, right in
            if left.track != right.track { return left.track < right.track }
            return (left.start, right.duration, left.id) < (right.start, left.duration, right.id)
        }
        timeline.counters.sort { ($0.process, $0.name, $0.unit) < ($1.process, $1.name, $1.unit) }
        for index in timeline.counters.indices { timeline.counters[index].sortSamples() }
        return timeline
    }
}

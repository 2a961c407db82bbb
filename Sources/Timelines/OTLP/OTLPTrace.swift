/// The spans of one distributed trace, as OpenTelemetry's protocol carries them.
public struct OTLPTrace: Sendable, Hashable {
    /// The identifier that all of its spans share.
    public var id: OTLPTraceID
    /// The spans, whose times are nanoseconds of the Unix epoch.
    public var timeline: Timeline

    /// Makes a trace.
    public init(_ id: OTLPTraceID, _ timeline: Timeline) {
        self.id = id
        self.timeline = timeline
    }
}

/// A timeline on its way into a file or out of one, in any of the formats.
public struct TimelineFile: Sendable, Hashable {
    private let traces: [OTLPTrace]
    /// Whether the spans are numbered for this file only, and not among all traces of the world.
    private let isLocal: Bool

    /// Makes a file of traces as a collector keeps them.
    public init(_ traces: [OTLPTrace]) {
        self.traces = traces
        isLocal = false
    }

    /// Makes a file of one timeline, under an identifier for the formats that take one.
    public init(_ timeline: Timeline, id: OTLPTraceID) {
        traces = [OTLPTrace(id, timeline)]
        isLocal = true
    }

    /// The traces as a collector takes them; a timeline's own spans get numbers that hardly any other trace has.
    public var collected: [OTLPTrace] {
        isLocal ? traces.map { OTLPTrace(numbering: $0.timeline, as: $0.id) } : traces
    }

    /// All of it as one timeline.
    public var timeline: Timeline { traces.count == 1 ? traces[0].timeline : Timeline(joining: traces.map(\.timeline)) }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - id: the identifier of what comes from a format that has none.
    ///   - format: the format; found out where it is `nil`.
    /// - Throws: `TimelineError` that names the file and the byte.
    public init(
        _ bytes: [UInt8], subject: String, id: OTLPTraceID, format: TimelineFormat? = nil,
        limits: TimelineLimits = TimelineLimits()
    ) throws(TimelineError) {
        guard let format = format ?? TimelineFormat(of: bytes, fileName: subject) else {
            throw TimelineError(
                .malformed, subject: subject,
                reason: bytes.isEmpty ? "it is empty" : "it is a trace in none of the known formats",
                remedy: "give one of " + TimelineFormat.allCases.map(\.rawValue).joined(separator: ", "))
        }
        switch format {
        case .chrome: self.init(try ChromeTrace.read(bytes, subject: subject, limits: limits).linked(), id: id)
        case .perfetto: self.init(try PerfettoTrace.read(bytes, subject: subject, limits: limits).linked(), id: id)
        case .otlp: self.init(try OTLP.read(protobuf: bytes, subject: subject, limits: limits))
        case .otlpJSON: self.init(try OTLP.read(json: bytes, subject: subject, limits: limits))
        case .folded:
            let text = String(decoding: bytes, as: UTF8.self)
            self.init(try FoldedStacks.read(text, subject: subject, limits: limits), id: id)
        }
    }

    /// The bytes of a file.
    ///
    /// - Throws: `TimelineError` when the timeline cannot be written in that format.
    public func write(as format: TimelineFormat) throws(TimelineError) -> [UInt8] {
        switch format {
        case .chrome: try ChromeTrace.write(timeline)
        case .perfetto: try PerfettoTrace.write(timeline)
        case .otlp: try OTLP.protobuf(collected)
        case .otlpJSON: try OTLP.json(collected)
        case .folded: Array(try FoldedStacks(timeline.linked()).text.utf8)
        }
    }
}

extension Timeline {
    /// The same timeline with parents found by containment where there are none.
    func linked() -> Timeline {
        var timeline = self
        timeline.linkParents()
        return timeline
    }
}

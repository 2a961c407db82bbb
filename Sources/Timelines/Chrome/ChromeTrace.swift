/// The Chrome trace event format (Duca and Sinclair, "Trace Event Format"): JSON that chrome://tracing and ui.perfetto.dev
/// open.
///
/// Spans become complete events (`X`), counters counter events (`C`), names of processes and threads metadata events (`M`).
/// Times are microseconds with as many decimals as nanoseconds need, so that a round trip is exact. What the format has no
/// place for (identifier, parent, level, kind) lies in `args` under names that begin with `assay.`.
public enum ChromeTrace {
    /// How the events are wrapped.
    public enum Form: Sendable, Hashable {
        /// An object with the events in `traceEvents`.
        case object
        /// The bare list of events.
        case array
    }

    /// The trace as JSON, one event a line.
    ///
    /// A number that JSON lacks becomes a text: `"NaN"`, `"Infinity"`, `"-Infinity"`.
    /// - Throws: `TimelineError` when the timeline has a structure that cannot be written: clashing identifiers, tracks that
    ///   are not declared, spans that end before they start, arguments of one name.
    public static func write(_ timeline: Timeline, form: Form = .object) throws(TimelineError) -> [UInt8] {
        try timeline.requireWritable()
        var writer = ChromeWriter()
        return try writer.write(timeline, form: form)
    }

    /// Reads a trace in either form: events `X`, `B` and `E`, `C`, and the names in `M`; other events are left out.
    ///
    /// The list form may lack its end, as that of a program that was killed. A span without an end is closed at the last
    /// time of the trace. Parents come back only where Assay wrote them; `Timeline.linkParents()` finds the others.
    /// - Throws: `TimelineError` that names the file and the byte.
    public static func read(
        _ bytes: [UInt8], subject: String = "trace", limits: TimelineLimits = TimelineLimits()
    ) throws(TimelineError) -> Timeline {
        var reader = ChromeReader(bytes, subject: subject, limits: limits)
        return try reader.read()
    }
}

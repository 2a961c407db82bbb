/// Perfetto's own trace format: a protobuf file of packets that ui.perfetto.dev and trace_processor open
/// (https://perfetto.dev/docs/reference/synthetic-track-event, protos/perfetto/trace of github.com/google/perfetto).
///
/// Processes, threads and counters become track descriptors, spans pairs of slice events. Slices of one of Perfetto's
/// tracks must nest, so spans of one thread that overlap without nesting go to tracks of their own below the thread. What
/// the format has no place for (identifier, parent, level, kind) lies in debug annotations under names that begin with
/// `assay.`. Attributes of processes and counters without samples are not written.
public enum PerfettoTrace {
    /// The trace as protobuf.
    ///
    /// - Throws: `TimelineError` when the timeline has a structure that cannot be written, or a time below zero.
    public static func write(_ timeline: Timeline) throws(TimelineError) -> [UInt8] {
        try timeline.requireWritable()
        var writer = PerfettoWriter()
        return try writer.write(timeline)
    }

    /// Reads the slices and counters of track events, with interned and inline names; other packets are left out.
    ///
    /// A slice without an end is closed at the last time of the trace. A track that belongs to no thread becomes a thread
    /// below zero of its process. Compressed packets, incremental clocks and incremental counters are refused.
    /// - Throws: `TimelineError` that names the file and the byte.
    public static func read(
        _ bytes: [UInt8], subject: String = "trace", limits: TimelineLimits = TimelineLimits()
    ) throws(TimelineError) -> Timeline {
        var reader = PerfettoReader(subject: subject, limits: limits)
        return try reader.read(bytes)
    }
}

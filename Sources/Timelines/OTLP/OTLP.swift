/// Trace data of the OpenTelemetry protocol (OTLP 1, github.com/open-telemetry/opentelemetry-proto): the message
/// `ExportTraceServiceRequest` as protobuf and as JSON.
///
/// A process becomes a resource (`service.name`, `process.pid`, its attributes), a thread the attributes `thread.id` and
/// `thread.name` of its spans, as the semantic conventions have it; level and category lie in attributes that begin with
/// `assay.`. Counters, and processes and threads without spans, are no trace data and are not written.
public enum OTLP {
    /// The request as protobuf, for `Content-Type: application/x-protobuf`.
    ///
    /// - Throws: `TimelineError` when a timeline has a structure that cannot be written, a time before 1970, or attributes
    ///   under names that the mapping needs.
    public static func protobuf(_ traces: [OTLPTrace]) throws(TimelineError) -> [UInt8] {
        OTLPProtobuf.write(try OTLPMapping.request(traces))
    }

    /// The request as JSON, for `Content-Type: application/json`: identifiers in hexadecimal, 64-bit numbers as texts,
    /// enumerations as numbers (OTLP specification, "JSON Protobuf Encoding").
    ///
    /// - Throws: as `protobuf(_:)`.
    public static func json(_ traces: [OTLPTrace]) throws(TimelineError) -> [UInt8] {
        OTLPJSON.write(try OTLPMapping.request(traces))
    }

    /// Reads a request or stored `TracesData` in protobuf, one timeline a trace; the order is that of first appearance.
    ///
    /// A status becomes the attributes `otel.status_code` and `otel.status_description`; bytes become base64 text; links
    /// and events of spans are left out.
    /// - Throws: `TimelineError` that names the file and the byte or span.
    public static func read(
        protobuf bytes: [UInt8], subject: String = "request", limits: TimelineLimits = TimelineLimits()
    ) throws(TimelineError) -> [OTLPTrace] {
        var reader = OTLPProtobufReader(OTLPIntake(subject: subject, limits: limits))
        return try OTLPMapping.traces(try reader.read(bytes), subject: subject)
    }

    /// Reads a request or stored `TracesData` in JSON, one timeline a trace; the order is that of first appearance.
    ///
    /// - Throws: `TimelineError` that names the file and the byte or span.
    public static func read(
        json bytes: [UInt8], subject: String = "request", limits: TimelineLimits = TimelineLimits()
    ) throws(TimelineError) -> [OTLPTrace] {
        var reader = OTLPJSONReader(OTLPIntake(subject: subject, limits: limits))
        return try OTLPMapping.traces(try reader.read(bytes), subject: subject)
    }
}

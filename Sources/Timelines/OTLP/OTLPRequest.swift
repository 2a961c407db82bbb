/// `ExportTraceServiceRequest`, as far as it is read and written.
struct OTLPRequest: Sendable {
    /// `Span` of trace.proto.
    struct Span: Sendable {
        var trace = OTLPTraceID.invalid
        var id: UInt64 = 0
        var parent: UInt64?
        var name = ""
        var kind = Timeline.Kind.internal
        var start: Int64 = 0
        var end: Int64 = 0
        var attributes: [Timeline.Argument] = []
    }

    /// `ScopeSpans` of trace.proto.
    struct Scope: Sendable {
        var name = ""
        var spans: [Span] = []
    }

    /// `ResourceSpans` of trace.proto.
    struct Resource: Sendable {
        var attributes: [Timeline.Argument] = []
        var scopes: [Scope] = []
    }

    var resources: [Resource] = []
}

extension OTLPRequest {
    /// The numbers of `Span.SpanKind`; 0 is unspecified, which may be taken for internal.
    static func kind(_ number: Int64) -> Timeline.Kind {
        switch number {
        case 2: .server
        case 3: .client
        case 4: .producer
        case 5: .consumer
        default: .internal
        }
    }

    static func number(_ kind: Timeline.Kind) -> Int64 {
        switch kind {
        case .internal: 1
        case .server: 2
        case .client: 3
        case .producer: 4
        case .consumer: 5
        }
    }

    /// A status as the attributes that OpenTelemetry gives it in formats without one (specification, "Mapping to non-OTLP
    /// formats").
    static func status(code: Int64, message: String) -> [Timeline.Argument] {
        var attributes: [Timeline.Argument] = []
        if code == 1 || code == 2 {
            attributes.append(Timeline.Argument("otel.status_code", .string(code == 1 ? "OK" : "ERROR")))
        }
        if !message.isEmpty { attributes.append(Timeline.Argument("otel.status_description", .string(message))) }
        return attributes
    }
}

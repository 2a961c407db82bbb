/// Field numbers of opentelemetry/proto (trace/v1/trace.proto, resource/v1/resource.proto, common/v1/common.proto).
enum OTLPField {
    /// `ExportTraceServiceRequest`, and `TracesData`.
    enum Request {
        static let resourceSpans = 1
    }

    /// `ResourceSpans`.
    enum ResourceSpans {
        static let resource = 1
        static let scopeSpans = 2
    }

    /// `Resource`.
    enum Resource {
        static let attributes = 1
    }

    /// `ScopeSpans`.
    enum ScopeSpans {
        static let scope = 1
        static let spans = 2
    }

    /// `InstrumentationScope`.
    enum Scope {
        static let name = 1
    }

    /// `Span`.
    enum Span {
        static let trace = 1
        static let identifier = 2
        static let parent = 4
        static let name = 5
        static let kind = 6
        static let start = 7
        static let end = 8
        static let attributes = 9
        static let status = 15
    }

    /// `Status`.
    enum Status {
        static let message = 2
        static let code = 3
    }

    /// `KeyValue`.
    enum KeyValue {
        static let key = 1
        static let value = 2
    }

    /// `AnyValue`; `ArrayValue` and `KeyValueList` hold their values in field 1.
    enum AnyValue {
        static let string = 1
        static let bool = 2
        static let integer = 3
        static let double = 4
        static let array = 5
        static let list = 6
        static let bytes = 7
        static let values = 1
    }
}

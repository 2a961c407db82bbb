import Wire

/// Writes requests as protobuf.
enum OTLPProtobuf {
    static func write(_ request: OTLPRequest) -> [UInt8] {
        var message = ProtobufWriter()
        for resource in request.resources {
            message.message(OTLPField.Request.resourceSpans, self.resource(resource))
        }
        return message.bytes
    }

    private static func resource(_ resource: OTLPRequest.Resource) -> ProtobufWriter {
        var message = ProtobufWriter()
        message.message(OTLPField.ResourceSpans.resource) { inner in
            attributes(resource.attributes, OTLPField.Resource.attributes, &inner)
        }
        for scope in resource.scopes {
            message.message(OTLPField.ResourceSpans.scopeSpans) { inner in
                inner.message(OTLPField.ScopeSpans.scope) { $0.string(OTLPField.Scope.name, scope.name) }
                for span in scope.spans { inner.message(OTLPField.ScopeSpans.spans, self.span(span)) }
            }
        }
        return message
    }

    private static func span(_ span: OTLPRequest.Span) -> ProtobufWriter {
        var message = ProtobufWriter()
        data(OTLPField.Span.trace, bigEndian(span.trace.high) + bigEndian(span.trace.low), &message)
        data(OTLPField.Span.identifier, bigEndian(span.id), &message)
        if let parent = span.parent { data(OTLPField.Span.parent, bigEndian(parent), &message) }
        message.string(OTLPField.Span.name, span.name)
        message.signed(OTLPField.Span.kind, OTLPRequest.number(span.kind))
        message.fixed64(OTLPField.Span.start, UInt64(bitPattern: span.start))
        message.fixed64(OTLPField.Span.end, UInt64(bitPattern: span.end))
        attributes(span.attributes, OTLPField.Span.attributes, &message)
        return message
    }

    private static func attributes(
        _ attributes: [Timeline.Argument], _ field: Int, _ message: inout ProtobufWriter
    ) {
        for attribute in attributes {
            message.message(field) { entry in
                entry.string(OTLPField.KeyValue.key, attribute.name)
                entry.message(OTLPField.KeyValue.value, value(attribute.value))
            }
        }
    }

    private static func value(_ value: Timeline.Value) -> ProtobufWriter {
        var message = ProtobufWriter()
        switch value {
        case .empty: break
        case .bool(let value): message.bool(OTLPField.AnyValue.bool, value)
        case .integer(let value): message.signed(OTLPField.AnyValue.integer, value)
        case .number(let value): message.double(OTLPField.AnyValue.double, value)
        case .string(let text): message.string(OTLPField.AnyValue.string, text)
        case .array(let values):
            message.message(OTLPField.AnyValue.array) { inner in
                for value in values { inner.message(OTLPField.AnyValue.values, self.value(value)) }
            }
        case .object(let arguments):
            message.message(OTLPField.AnyValue.list) { inner in
                attributes(arguments, OTLPField.AnyValue.values, &inner)
            }
        }
        return message
    }

    private static func data(_ field: Int, _ bytes: [UInt8], _ message: inout ProtobufWriter) {
        message.payload(field, bytes, count: bytes.count)
    }

    private static func bigEndian(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * $0)) }
    }
}

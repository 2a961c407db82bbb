/// Writes requests as JSON.
enum OTLPJSON {
    static func write(_ request: OTLPRequest) -> [UInt8] {
        var text = JSONText()
        text.beginObject()
        text.name("resourceSpans")
        text.beginArray()
        for resource in request.resources { write(resource, &text) }
        text.endArray()
        text.endObject()
        return text.bytes
    }

    private static func write(_ resource: OTLPRequest.Resource, _ text: inout JSONText) {
        text.beginObject()
        text.name("resource")
        text.beginObject()
        attributes("attributes", resource.attributes, &text)
        text.endObject()
        text.name("scopeSpans")
        text.beginArray()
        for scope in resource.scopes {
            text.beginObject()
            text.name("scope")
            text.beginObject()
            text.name("name")
            text.string(scope.name)
            text.endObject()
            text.name("spans")
            text.beginArray()
            for span in scope.spans { write(span, &text) }
            text.endArray()
            text.endObject()
        }
        text.endArray()
        text.endObject()
    }

    private static func write(_ span: OTLPRequest.Span, _ text: inout JSONText) {
        text.line()
        text.beginObject()
        text.name("traceId")
        text.string(span.trace.description)
        text.name("spanId")
        text.string(Hexadecimal.text(span.id))
        if let parent = span.parent {
            text.name("parentSpanId")
            text.string(Hexadecimal.text(parent))
        }
        text.name("name")
        text.string(span.name)
        text.name("kind")
        text.integer(OTLPRequest.number(span.kind))
        text.name("startTimeUnixNano")
        text.string(String(span.start))
        text.name("endTimeUnixNano")
        text.string(String(span.end))
        attributes("attributes", span.attributes, &text)
        text.endObject()
    }

    private static func attributes(_ name: String, _ attributes: [Timeline.Argument], _ text: inout JSONText) {
        text.name(name)
        text.beginArray()
        for attribute in attributes {
            text.beginObject()
            text.name("key")
            text.string(attribute.name)
            text.name("value")
            write(attribute.value, &text)
            text.endObject()
        }
        text.endArray()
    }

    private static func write(_ value: Timeline.Value, _ text: inout JSONText) {
        text.beginObject()
        switch value {
        case .empty: break
        case .bool(let value):
            text.name("boolValue")
            text.value(.bool(value))
        case .integer(let value):
            text.name("intValue")
            text.string(String(value))
        case .number(let value):
            text.name("doubleValue")
            text.number(value)
        case .string(let value):
            text.name("stringValue")
            text.string(value)
        case .array(let values):
            text.name("arrayValue")
            text.beginObject()
            text.name("values")
            text.beginArray()
            for value in values { write(value, &text) }
            text.endArray()
            text.endObject()
        case .object(let arguments):
            text.name("kvlistValue")
            text.beginObject()
            attributes("values", arguments, &text)
            text.endObject()
        }
        text.endObject()
    }
}

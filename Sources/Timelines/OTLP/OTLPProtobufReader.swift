import Foundation
import Wire

/// Reads requests in protobuf.
struct OTLPProtobufReader {
    private var intake: OTLPIntake

    init(_ intake: OTLPIntake) { self.intake = intake }

    mutating func read(_ bytes: [UInt8]) throws(TimelineError) -> OTLPRequest {
        var message = ProtobufMessage(bytes, subject: intake.subject)
        var request = OTLPRequest()
        while let field = try message.next() {
            guard field.number == OTLPField.Request.resourceSpans else { continue }
            request.resources.append(try resource(try message.message(field)))
        }
        return request
    }

    private mutating func resource(_ content: ProtobufMessage) throws(TimelineError) -> OTLPRequest.Resource {
        var message = content
        var resource = OTLPRequest.Resource()
        while let field = try message.next() {
            switch field.number {
            case OTLPField.ResourceSpans.resource:
                var inner = try message.message(field)
                while let field = try inner.next() {
                    guard field.number == OTLPField.Resource.attributes else { continue }
                    resource.attributes.append(
                        try attribute(try inner.message(field), depth: intake.limits.maximumDepth))
                }
            case OTLPField.ResourceSpans.scopeSpans:
                resource.scopes.append(try scope(try message.message(field)))
            default: break
            }
        }
        return resource
    }

    private mutating func scope(_ content: ProtobufMessage) throws(TimelineError) -> OTLPRequest.Scope {
        var message = content
        var scope = OTLPRequest.Scope()
        while let field = try message.next() {
            switch field.number {
            case OTLPField.ScopeSpans.scope:
                var inner = try message.message(field)
                while let field = try inner.next() {
                    if field.number == OTLPField.Scope.name { scope.name = try inner.text(field) }
                }
            case OTLPField.ScopeSpans.spans:
                if let surplus = intake.admit() { throw message.failure(field, surplus, code: .limitExceeded) }
                scope.spans.append(try span(try message.message(field), at: field, of: message))
            default: break
            }
        }
        return scope
    }

    private func span(
        _ content: ProtobufMessage, at place: WireField, of parent: ProtobufMessage
    ) throws(TimelineError) -> OTLPRequest.Span {
        var message = content
        var span = OTLPRequest.Span()
        var status: [Timeline.Argument] = []
        while let field = try message.next() {
            switch field.number {
            case OTLPField.Span.trace:
                let bytes = try message.data(field)
                let read = OTLPTraceID(high: Self.number(bytes.prefix(8)), low: Self.number(bytes.suffix(8)))
                span.trace = bytes.count == 16 ? read ?? .invalid : .invalid
            case OTLPField.Span.identifier:
                let bytes = try message.data(field)
                span.id = bytes.count == 8 ? Self.number(bytes[...]) : 0
            case OTLPField.Span.parent:
                let bytes = try message.data(field)
                guard bytes.isEmpty || bytes.count == 8 else {
                    throw message.failure(field, "the parent's identifier has \(bytes.count) bytes, not 8")
                }
                let number = Self.number(bytes[...])
                span.parent = number == 0 ? nil : number
            case OTLPField.Span.name: span.name = try message.text(field)
            case OTLPField.Span.kind: span.kind = OTLPRequest.kind(try message.signed(field))
            case OTLPField.Span.start: span.start = try time(message, field)
            case OTLPField.Span.end: span.end = try time(message, field)
            case OTLPField.Span.attributes:
                span.attributes.append(try attribute(try message.message(field), depth: intake.limits.maximumDepth))
            case OTLPField.Span.status: status = try self.status(try message.message(field))
            default: break
            }
        }
        guard span.trace != .invalid else {
            throw parent.failure(place, "the span has no trace identifier of 16 bytes")
        }
        guard span.id != 0 else { throw parent.failure(place, "the span has no identifier of 8 bytes") }
        span.attributes += status
        return span
    }

    private func status(_ content: ProtobufMessage) throws(TimelineError) -> [Timeline.Argument] {
        var message = content
        var code: Int64 = 0
        var text = ""
        while let field = try message.next() {
            switch field.number {
            case OTLPField.Status.code: code = try message.signed(field)
            case OTLPField.Status.message: text = try message.text(field)
            default: break
            }
        }
        return OTLPRequest.status(code: code, message: text)
    }

    private func time(_ message: ProtobufMessage, _ field: WireField) throws(TimelineError) -> Int64 {
        guard let time = Int64(exactly: try message.fixed64(field)) else {
            throw message.failure(field, "a time does not fit 63 bits", code: .outOfRange)
        }
        return time
    }

    private func attribute(_ content: ProtobufMessage, depth: Int) throws(TimelineError) -> Timeline.Argument {
        var message = content
        var attribute = Timeline.Argument("", .empty)
        while let field = try message.next() {
            switch field.number {
            case OTLPField.KeyValue.key: attribute.name = try message.text(field)
            case OTLPField.KeyValue.value:
                attribute.value = try value(try message.message(field), depth: try lower(depth, message, field))
            default: break
            }
        }
        return attribute
    }

    private func value(_ content: ProtobufMessage, depth: Int) throws(TimelineError) -> Timeline.Value {
        var message = content
        var value = Timeline.Value.empty
        while let field = try message.next() {
            switch field.number {
            case OTLPField.AnyValue.string: value = .string(try message.text(field))
            case OTLPField.AnyValue.bool: value = .bool(try message.unsigned(field) != 0)
            case OTLPField.AnyValue.integer: value = .integer(try message.signed(field))
            case OTLPField.AnyValue.double: value = .number(try message.double(field))
            case OTLPField.AnyValue.bytes: value = .string(Data(try message.data(field)).base64EncodedString())
            case OTLPField.AnyValue.array:
                var inner = try message.message(field)
                var values: [Timeline.Value] = []
                while let field = try inner.next() {
                    guard field.number == OTLPField.AnyValue.values else { continue }
                    let depth = try lower(depth, inner, field)
                    values.append(try self.value(try inner.message(field), depth: depth))
                }
                value = .array(values)
            case OTLPField.AnyValue.list:
                var inner = try message.message(field)
                var arguments: [Timeline.Argument] = []
                while let field = try inner.next() {
                    guard field.number == OTLPField.AnyValue.values else { continue }
                    arguments.append(try attribute(try inner.message(field), depth: try lower(depth, inner, field)))
                }
                value = .object(arguments)
            default: break
            }
        }
        return value
    }

    private func lower(_ depth: Int, _ message: ProtobufMessage, _ field: WireField) throws(TimelineError) -> Int {
        guard depth > 0 else { throw message.failure(field, "values are nested too deep", code: .limitExceeded) }
        return depth - 1
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}

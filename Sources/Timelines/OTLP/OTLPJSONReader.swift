/// Reads requests in JSON; members that are not known are passed over, as the specification asks.
struct OTLPJSONReader {
    private var intake: OTLPIntake

    init(_ intake: OTLPIntake) { self.intake = intake }

    mutating func read(_ bytes: [UInt8]) throws(TimelineError) -> OTLPRequest {
        // A value inside a value takes up to four levels of JSON, and nine lie above the first.
        let depth = min(max(intake.limits.maximumDepth, 0), 64) * 4 + 9
        var reader = JSONReader(bytes, subject: intake.subject, maximumDepth: depth)
        let document = try reader.node()
        reader.skipSpace()
        guard reader.isAtEnd else { throw reader.failure("something follows the request") }
        guard case .object = document else { throw malformed("the request", "it is no object") }
        var request = OTLPRequest()
        for resource in try list(document, "resourceSpans", of: "the request") {
            request.resources.append(try self.resource(resource))
        }
        return request
    }

    private mutating func resource(_ node: JSONNode) throws(TimelineError) -> OTLPRequest.Resource {
        var resource = OTLPRequest.Resource()
        if let inner = node["resource"] { resource.attributes = try attributes(inner, "attributes", of: "a resource") }
        for scopeNode in try list(node, "scopeSpans", of: "a resource") {
            var scope = OTLPRequest.Scope(name: scopeNode["scope"]?["name"]?.string ?? "")
            for span in try list(scopeNode, "spans", of: "a scope") {
                if let surplus = intake.admit() {
                    throw TimelineError(.limitExceeded, subject: intake.subject, reason: surplus)
                }
                scope.spans.append(try self.span(span))
            }
            resource.scopes.append(scope)
        }
        return resource
    }

    private func span(_ node: JSONNode) throws(TimelineError) -> OTLPRequest.Span {
        var span = OTLPRequest.Span()
        span.name = node["name"]?.string ?? ""
        let place = "span '\(span.name)'"
        guard let trace = node["traceId"]?.string.flatMap({ OTLPTraceID($0) }) else {
            throw malformed(place, "'traceId' is not 32 hexadecimal digits")
        }
        guard let identifier = node["spanId"]?.string.flatMap({ Hexadecimal.number($0) }), identifier != 0 else {
            throw malformed(place, "'spanId' is not 16 hexadecimal digits")
        }
        span.trace = trace
        span.id = identifier
        if let parent = node["parentSpanId"]?.string, !parent.isEmpty {
            guard let number = Hexadecimal.number(parent) else {
                throw malformed(place, "'parentSpanId' is not 16 hexadecimal digits")
            }
            span.parent = number == 0 ? nil : number
        }
        span.kind = OTLPRequest.kind(node["kind"]?.digits.flatMap { Int64($0) } ?? 0)
        span.start = try time(node, "startTimeUnixNano", of: place)
        span.end = try time(node, "endTimeUnixNano", of: place)
        span.attributes = try attributes(node, "attributes", of: place)
        if let status = node["status"] {
            span.attributes += OTLPRequest.status(
                code: status["code"]?.digits.flatMap { Int64($0) } ?? 0, message: status["message"]?.string ?? "")
        }
        return span
    }

    private func time(_ node: JSONNode, _ name: String, of place: String) throws(TimelineError) -> Int64 {
        guard let member = node[name] else { return 0 }
        guard let time = member.digits.flatMap({ Int64($0) }), time >= 0 else {
            throw TimelineError(
                .outOfRange, subject: "\(intake.subject), \(place)",
                reason: "'\(name)' is not a whole number of 63 bits")
        }
        return time
    }

    private func attributes(
        _ node: JSONNode, _ name: String, of place: String
    ) throws(TimelineError) -> [Timeline.Argument] {
        var attributes: [Timeline.Argument] = []
        for entry in try list(node, name, of: place) {
            var attribute = Timeline.Argument(entry["key"]?.string ?? "", .empty)
            if let node = entry["value"] { attribute.value = try value(node, of: place) }
            attributes.append(attribute)
        }
        return attributes
    }

    private func value(_ node: JSONNode, of place: String) throws(TimelineError) -> Timeline.Value {
        guard case .object(let members) = node else { throw malformed(place, "an attribute's value is no object") }
        for member in members {
            switch member.name {
            case "stringValue", "bytesValue":
                guard let text = member.value.string else { throw malformed(place, "'\(member.name)' is no text") }
                return .string(text)
            case "boolValue":
                guard case .bool(let value) = member.value else { throw malformed(place, "'boolValue' is no boolean") }
                return .bool(value)
            case "intValue":
                guard let value = member.value.digits.flatMap({ Int64($0) }) else {
                    throw malformed(place, "'intValue' is not a whole number of 64 bits")
                }
                return .integer(value)
            case "doubleValue":
                guard let value = member.value.double else { throw malformed(place, "'doubleValue' is no number") }
                return .number(value)
            case "arrayValue":
                var values: [Timeline.Value] = []
                for element in try list(member.value, "values", of: place) {
                    values.append(try value(element, of: place))
                }
                return .array(values)
            case "kvlistValue": return .object(try attributes(member.value, "values", of: place))
            default: continue
            }
        }
        return .empty
    }

    /// The elements of a member; a member that is missing or null is an empty list, as in protobuf.
    private func list(_ node: JSONNode, _ name: String, of place: String) throws(TimelineError) -> [JSONNode] {
        switch node[name] {
        case nil, .null?: return []
        case .array(let elements)?: return elements
        default: throw malformed(place, "'\(name)' is no list")
        }
    }

    private func malformed(_ place: String, _ reason: String) -> TimelineError {
        TimelineError(.malformed, subject: "\(intake.subject), \(place)", reason: reason)
    }
}

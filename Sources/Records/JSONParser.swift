/// Reads JSON texts (RFC 8259): nothing after the value, no member twice, at most 256 levels deep.
enum JSONParser {
    private static let deepest = 256

    static func parse(_ bytes: [UInt8], subject: String) throws(RecordError) -> JSONValue {
        var scanner = JSONScanner(bytes, maximumDepth: deepest - 1)
        do throws(JSONScanner.Failure) {
            let value = try value(&scanner)
            scanner.skipSpace()
            guard scanner.isAtEnd else { throw JSONScanner.Failure("something follows the value") }
            return value
        } catch {
            throw RecordError(
                .invalidJSON, subject: "\(subject), byte \(scanner.position)", reason: error.reason,
                remedy: "give one JSON value")
        }
    }

    private static func value(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) -> JSONValue {
        switch try scanner.token() {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .string(let text): return .string(text)
        case .number(let text, let isWhole):
            if isWhole, let value = Int64(text) { return .integer(value) }
            guard let value = Double(text), value.isFinite else {
                throw JSONScanner.Failure("the number is out of range")
            }
            return .number(value)
        case .array:
            var elements: [JSONValue] = []
            try scanner.elements { (scanner) throws(JSONScanner.Failure) in elements.append(try value(&scanner)) }
            return .array(elements)
        case .object:
            var members: [String: JSONValue] = [:]
            try scanner.members { (scanner, name) throws(JSONScanner.Failure) in
                guard members.updateValue(try value(&scanner), forKey: name) == nil else {
                    throw JSONScanner.Failure("the member '\(name)' occurs twice")
                }
            }
            return .object(members)
        }
    }
}

import Records

/// Reads the JSON of a file piece by piece, so that a trace of many events is never held as a tree; its errors name file and
/// byte.
struct JSONReader {
    private let subject: String
    private var scanner: JSONScanner

    init(_ bytes: [UInt8], subject: String, maximumDepth: Int) {
        self.subject = subject
        scanner = JSONScanner(bytes, maximumDepth: maximumDepth)
        scanner.skipByteOrderMark()
    }

    var isAtEnd: Bool { scanner.isAtEnd }

    func failure(_ reason: String, code: TimelineError.Code = .malformed) -> TimelineError {
        TimelineError(code, subject: "\(subject), byte \(scanner.position)", reason: reason)
    }

    mutating func skipSpace() { scanner.skipSpace() }

    /// Steps over one character, after space; says whether it was there.
    mutating func take(_ character: Unicode.Scalar) -> Bool { scanner.take(character) }

    /// The name of a member and the colon after it.
    mutating func name() throws(TimelineError) -> String {
        do throws(JSONScanner.Failure) { return try scanner.name() } catch { throw failure(error.reason) }
    }

    /// The next value.
    mutating func node() throws(TimelineError) -> JSONNode {
        do throws(JSONScanner.Failure) { return try Self.node(&scanner) } catch {
            throw failure(error.reason, code: error.isTooDeep ? .limitExceeded : .malformed)
        }
    }

    private static func node(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) -> JSONNode {
        switch try scanner.token() {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .string(let text): return .string(text)
        case .number(let text, _): return .number(text)
        case .array:
            var elements: [JSONNode] = []
            try scanner.elements { (scanner) throws(JSONScanner.Failure) in elements.append(try node(&scanner)) }
            return .array(elements)
        case .object:
            var members: [(name: String, value: JSONNode)] = []
            try scanner.members { (scanner, name) throws(JSONScanner.Failure) in
                members.append((name: name, value: try node(&scanner)))
            }
            return .object(members)
        }
    }
}

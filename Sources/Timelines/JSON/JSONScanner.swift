/// Reads JSON texts (RFC 8259) piece by piece, so that a trace of many events is never held as a tree.
struct JSONScanner {
    private let bytes: [UInt8]
    private let subject: String
    private let maximumDepth: Int
    private(set) var position = 0

    init(_ bytes: [UInt8], subject: String, maximumDepth: Int) {
        self.bytes = bytes
        self.subject = subject
        self.maximumDepth = maximumDepth
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    var isAtEnd: Bool { position >= bytes.count }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    func failure(_ reason: String, code: TimelineError.Code = .malformed) -> TimelineError {
        TimelineError(code, subject: "\(subject), byte \(position)", reason: reason)
    }

    mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// Steps over one character, after space; says whether it was there.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard let byte = next, UInt32(byte) == character.value else { return false }
        position += 1
        return true
    }

    /// The name of a member and the colon after it.
    mutating func name() throws(TimelineError) -> String {
        skipSpace()
        guard next == UInt8(ascii: "\"") else { throw failure("a member's name is missing") }
        let name = try string()
        guard take(":") else { throw failure("':' is missing after a member's name") }
        return name
    }

    /// The next value.
    mutating func node(depth: Int = 0) throws(TimelineError) -> JSONNode {
        guard depth <= maximumDepth else {
            throw failure("values are nested more than \(maximumDepth) deep", code: .limitExceeded)
        }
        skipSpace()
        guard let byte = next else { throw failure("the text ends before a value") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ text: String, _ node: JSONNode) throws(TimelineError) -> JSONNode {
        guard bytes[position...].starts(with: text.utf8) else { throw failure("no value begins here") }
        position += text.utf8.count
        return node
    }

    private mutating func object(depth: Int) throws(TimelineError) -> JSONNode {
        position += 1
        var members: [(name: String, value: JSONNode)] = []
        if take("}") { return .object(members) }
        repeat {
            let name = try name()
            members.append((name: name, value: try node(depth: depth + 1)))
        } while take(",")
        guard take("}") else { throw failure("',' or '}' is missing") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(TimelineError) -> JSONNode {
        position += 1
        var elements: [JSONNode] = []
        if take("]") { return .array(elements) }
        repeat { elements.append(try node(depth: depth + 1)) } while take(",")
        guard take("]") else { throw failure("',' or ']' is missing") }
        return .array(elements)
    }

    private mutating func number() throws(TimelineError) -> JSONNode {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        let isZero = next == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !(isZero && whole > 1) else { throw failure("no value begins here") }
        if next == UInt8(ascii: ".") {
            position += 1
            guard digits() > 0 else { throw failure("a number is malformed") }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            guard digits() > 0 else { throw failure("a number is malformed") }
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = next, (48...57).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func string() throws(TimelineError) -> String {
        position += 1
        let start = position
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        guard next == UInt8(ascii: "\"") else { return try escapedString(Array(bytes[start..<position])) }
        guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
            throw failure("a text is not UTF-8")
        }
        position += 1
        return text
    }

    /// The rest of a text that has escapes, after its beginning.
    private mutating func escapedString(_ beginning: [UInt8]) throws(TimelineError) -> String {
        var out = beginning
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: out, as: UTF8.self) else { throw failure("a text is not UTF-8") }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                position += 1
                out.append(contentsOf: String(try escape()).utf8)
            case ..<0x20: throw failure("a control character stands in a text")
            default:
                position += 1
                out.append(byte)
            }
        }
        throw failure("a text is not closed")
    }

    private mutating func escape() throws(TimelineError) -> Unicode.Scalar {
        guard let byte = next else { throw failure("a text is not closed") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try codeUnit()
            if let scalar = Unicode.Scalar(first) { return scalar }
            guard (0xD800..<0xDC00).contains(first), next == UInt8(ascii: "\\") else {
                throw failure("half a surrogate pair")
            }
            position += 1
            guard next == UInt8(ascii: "u") else { throw failure("half a surrogate pair") }
            position += 1
            let second = try codeUnit()
            guard (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            else { throw failure("half a surrogate pair") }
            return scalar
        default: throw failure("there is no such escape")
        }
    }

    private mutating func codeUnit() throws(TimelineError) -> UInt32 {
        guard bytes.count - position >= 4 else { throw failure("an escape lacks its four digits") }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Hexadecimal.digit(bytes[position]) else {
                throw failure("an escape lacks its four digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}

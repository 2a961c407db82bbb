/// Reads JSON texts (RFC 8259): nothing after the value, no member twice, at most 256 levels deep.
struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private static let deepest = 256

    static func parse(_ bytes: [UInt8], subject: String) throws(RecordError) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        do throws(Failure) {
            let value = try parser.value(depth: 0)
            parser.skipSpace()
            guard parser.position == bytes.count else { throw Failure(reason: "something follows the value") }
            return value
        } catch {
            throw RecordError(
                .invalidJSON, subject: "\(subject), byte \(parser.position)", reason: error.reason,
                remedy: "give one JSON value")
        }
    }

    private struct Failure: Error { let reason: String }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ character: Character) -> Bool {
        guard next == character.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Failure) -> JSONValue {
        guard depth < Self.deepest else { throw Failure(reason: "the value is nested deeper than \(Self.deepest)") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
        case nil: throw Failure(reason: "the text ends before the value")
        default: throw Failure(reason: "no value begins here")
        }
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(Failure) -> JSONValue {
        guard bytes[position...].starts(with: text.utf8) else { throw Failure(reason: "no value begins here") }
        position += text.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(Failure) -> JSONValue {
        position += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw Failure(reason: "a member's name is missing") }
            let name = try string()
            skipSpace()
            guard take(":") else { throw Failure(reason: "':' is missing after a member's name") }
            guard members.updateValue(try value(depth: depth + 1), forKey: name) == nil else {
                throw Failure(reason: "the member '\(name)' occurs twice")
            }
            skipSpace()
        } while take(",")
        guard take("}") else { throw Failure(reason: "',' or '}' is missing") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(Failure) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return .array(elements) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw Failure(reason: "',' or ']' is missing") }
        return .array(elements)
    }

    private mutating func number() throws(Failure) -> JSONValue {
        let start = position
        _ = take("-")
        let leadingZero = next == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !(leadingZero && whole > 1) else { throw Failure(reason: "the number is malformed") }
        var isWhole = true
        if take(".") {
            isWhole = false
            guard digits() > 0 else { throw Failure(reason: "the number is malformed") }
        }
        if take("e") || take("E") {
            isWhole = false
            if !take("-") { _ = take("+") }
            guard digits() > 0 else { throw Failure(reason: "the number is malformed") }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw Failure(reason: "the number is out of range") }
        return .number(value)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = next, (48...57).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func string() throws(Failure) -> String {
        position += 1
        var out: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: out, as: UTF8.self) else {
                    throw Failure(reason: "the text is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): out += try escape().utf8
            case ..<0x20: throw Failure(reason: "a control character stands in a text")
            default: out.append(byte)
            }
        }
        throw Failure(reason: "the text is not closed")
    }

    private mutating func escape() throws(Failure) -> String {
        guard let byte = next else { throw Failure(reason: "the text is not closed") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try codeUnit()
            guard (0xd800..<0xdc00).contains(first) else {
                guard let scalar = Unicode.Scalar(first) else { throw Failure(reason: "half a surrogate pair") }
                return String(scalar)
            }
            guard take("\\"), take("u") else { throw Failure(reason: "half a surrogate pair") }
            let second = try codeUnit()
            guard (0xdc00..<0xe000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
            else { throw Failure(reason: "half a surrogate pair") }
            return String(scalar)
        default: throw Failure(reason: "no such escape")
        }
    }

    private mutating func codeUnit() throws(Failure) -> UInt32 {
        guard position + 4 <= bytes.count,
            bytes[position..<(position + 4)].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(String(decoding: bytes[position..<(position + 4)], as: UTF8.self), radix: 16)
        else { throw Failure(reason: "an escape lacks its four digits") }
        position += 4
        return value
    }
}

/// Reads JSON texts (RFC 8259) piece by piece; who reads decides what becomes of the pieces.
///
/// Numbers are handed over as they are written, so that a reader may keep digits that a double cannot hold. Where something
/// is wrong, `position` is the byte.
package struct JSONScanner: Sendable {
    /// Why a text is refused.
    package struct Failure: Error {
        /// What is wrong.
        package let reason: String
        /// Whether the text is only nested deeper than was allowed.
        package let isTooDeep: Bool

        /// Makes a failure.
        package init(_ reason: String, isTooDeep: Bool = false) {
            self.reason = reason
            self.isTooDeep = isTooDeep
        }
    }

    /// A value, or the beginning of one that holds others.
    package enum Token {
        /// `null`.
        case null
        /// `true` or `false`.
        case bool(Bool)
        /// A number as it is written, and whether it has neither fraction nor exponent.
        case number(String, isWhole: Bool)
        /// A text, its escapes resolved.
        case string(String)
        /// The bracket of a list; `elements` reads the rest.
        case array
        /// The brace of an object; `members` reads the rest.
        case object
    }

    private let bytes: [UInt8]
    private let maximumDepth: Int
    private var depth = 0
    /// The byte that is read next.
    package private(set) var position = 0

    /// Starts at the first byte; values may lie in `maximumDepth` others.
    package init(_ bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    /// Whether every byte was read.
    package var isAtEnd: Bool { position >= bytes.count }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Steps over the mark that some writers begin UTF-8 with.
    package mutating func skipByteOrderMark() {
        if position == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// Steps over white space.
    package mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// Steps over one character, after space; says whether it was there.
    package mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        return step(character)
    }

    private mutating func step(_ character: Unicode.Scalar) -> Bool {
        guard let byte = next, UInt32(byte) == character.value else { return false }
        position += 1
        return true
    }

    /// The name of a member and the colon after it.
    package mutating func name() throws(Failure) -> String {
        skipSpace()
        guard next == UInt8(ascii: "\"") else { throw Failure("a member's name is missing") }
        let name = try string()
        guard take(":") else { throw Failure("':' is missing after a member's name") }
        return name
    }

    /// The next value, or its beginning.
    package mutating func token() throws(Failure) -> Token {
        guard depth <= maximumDepth else {
            throw Failure("values are nested more than \(maximumDepth) deep", isTooDeep: true)
        }
        skipSpace()
        guard let byte = next else { throw Failure("the text ends before a value") }
        switch byte {
        case UInt8(ascii: "{"):
            position += 1
            return .object
        case UInt8(ascii: "["):
            position += 1
            return .array
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    /// The members of an object after its brace, each read by the caller, and the closing brace.
    package mutating func members(
        _ read: (inout JSONScanner, String) throws(Failure) -> Void
    ) throws(Failure) {
        if take("}") { return }
        depth += 1
        repeat {
            let name = try name()
            try read(&self, name)
        } while take(",")
        guard take("}") else { throw Failure("',' or '}' is missing") }
        depth -= 1
    }

    /// The elements of a list after its bracket, each read by the caller, and the closing bracket.
    package mutating func elements(_ read: (inout JSONScanner) throws(Failure) -> Void) throws(Failure) {
        if take("]") { return }
        depth += 1
        repeat { try read(&self) } while take(",")
        guard take("]") else { throw Failure("',' or ']' is missing") }
        depth -= 1
    }

    private mutating func word(_ text: String, _ token: Token) throws(Failure) -> Token {
        guard bytes[position...].starts(with: text.utf8) else { throw Failure("no value begins here") }
        position += text.utf8.count
        return token
    }

    private mutating func number() throws(Failure) -> Token {
        let start = position
        let isNegative = step("-")
        let isZero = next == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !(isZero && whole > 1) else {
            throw Failure(whole > 0 || isNegative ? "a number is malformed" : "no value begins here")
        }
        var isWhole = true
        if step(".") {
            isWhole = false
            guard digits() > 0 else { throw Failure("a number is malformed") }
        }
        if step("e") || step("E") {
            isWhole = false
            if !step("+") { _ = step("-") }
            guard digits() > 0 else { throw Failure("a number is malformed") }
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self), isWhole: isWhole)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = next, (48...57).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func string() throws(Failure) -> String {
        position += 1
        let start = position
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        guard next == UInt8(ascii: "\"") else { return try escapedString(Array(bytes[start..<position])) }
        guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
            throw Failure("a text is not UTF-8")
        }
        position += 1
        return text
    }

    /// The rest of a text that has escapes, after its beginning.
    private mutating func escapedString(_ beginning: [UInt8]) throws(Failure) -> String {
        var out = beginning
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: out, as: UTF8.self) else { throw Failure("a text is not UTF-8") }
                return text
            case UInt8(ascii: "\\"): out.append(contentsOf: String(try escape()).utf8)
            case ..<0x20: throw Failure("a control character stands in a text")
            default: out.append(byte)
            }
        }
        throw Failure("a text is not closed")
    }

    private mutating func escape() throws(Failure) -> Unicode.Scalar {
        guard let byte = next else { throw Failure("a text is not closed") }
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
            guard (0xD800..<0xDC00).contains(first), step("\\"), step("u") else {
                throw Failure("half a surrogate pair")
            }
            let second = try codeUnit()
            guard (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            else { throw Failure("half a surrogate pair") }
            return scalar
        default: throw Failure("there is no such escape")
        }
    }

    private mutating func codeUnit() throws(Failure) -> UInt32 {
        let digits = bytes[position...].prefix(4).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 4 else { throw Failure("an escape lacks its four digits") }
        position += 4
        return digits.reduce(0) { $0 << 4 | UInt32($1) }
    }
}

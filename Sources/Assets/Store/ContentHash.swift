/// The SHA-256 of some content, the name under which it is kept, pinned and recorded.
public struct ContentHash: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    /// 64 lowercase hexadecimal digits.
    public let hex: String

    /// Reads 64 hexadecimal digits; `nil` for anything else.
    public init?(_ hex: String) {
        guard hex.utf8.count == 64, hex.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        self.hex = hex.lowercased()
    }

    /// Decodes 64 hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let hash = ContentHash(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not 64 hexadecimal digits")
        }
        self = hash
    }

    init(words: SIMD8<UInt32>) {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for index in 0..<8 {
            for shift in stride(from: 28, through: 0, by: -4) { text.append(digits[Int(words[index] >> shift) & 15]) }
        }
        hex = String(decoding: text, as: UTF8.self)
    }

    /// A pinned hash, written as a literal in this package.
    package static func pinned(_ hex: StaticString) -> ContentHash {
        guard let hash = ContentHash("\(hex)") else { preconditionFailure("\(hex) is not a SHA-256") }
        return hash
    }

    /// Encodes the digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }

    /// Orders by the digits.
    public static func < (left: ContentHash, right: ContentHash) -> Bool { left.hex < right.hex }

    /// The digits.
    public var description: String { hex }

    /// The first twelve digits, enough to tell files apart on a terminal.
    public var short: String { String(hex.prefix(12)) }
}

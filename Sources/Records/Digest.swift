/// A SHA-256 digest: 32 bytes, written as 64 lower-case hexadecimal digits.
public struct Digest: Sendable, Hashable, CustomStringConvertible, Codable {
    /// The 64 lower-case hexadecimal digits.
    public let hex: String

    init(words: InlineArray<8, UInt32>) {
        var text = ""
        text.reserveCapacity(64)
        for index in words.indices {
            let digits = String(words[index], radix: 16)
            text += String(repeating: "0", count: 8 - digits.count) + digits
        }
        hex = text
    }

    /// Reads 64 hexadecimal digits, with or without the prefix `sha256:`; `nil` for anything else.
    public init?(hex text: String) {
        let digits = (text.hasPrefix("sha256:") ? text.dropFirst(7) : text[...]).lowercased()
        guard digits.utf8.count == 64, digits.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        hex = digits
    }

    /// The first digits, enough to tell records apart for a reader.
    public var short: String { String(hex.prefix(12)) }

    /// The 64 hexadecimal digits.
    public var description: String { hex }

    /// Reads the digits from a single string.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let digest = Digest(hex: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not a SHA-256 digest"))
        }
        self = digest
    }

    /// Writes the digits as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}

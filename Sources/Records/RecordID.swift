/// The name of a record: its time and a random tail, `20260729-101112-4f3a9c`; the order of names is the order of time.
public struct RecordID: RawRepresentable, Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    /// The name.
    public let rawValue: String

    /// Takes a name of letters, digits, `-`, `_` and `.`, at most 100; `nil` for anything else.
    public init?(rawValue: String) {
        let allowed = rawValue.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || [45, 46, 95].contains($0)
        }
        guard allowed, !rawValue.isEmpty, rawValue.utf8.count <= 100 else { return nil }
        self.rawValue = rawValue
    }

    /// Makes the name of a record created at a time, with a random tail of 24 bits.
    public init(created: Timestamp, random: UInt32 = .random(in: 0...UInt32.max)) {
        let tail = String(random & 0xff_ffff, radix: 16)
        rawValue = created.compact + "-" + String(repeating: "0", count: 6 - tail.count) + tail
    }

    /// The name.
    public var description: String { rawValue }

    /// The order of names, which is the order of time.
    public static func < (left: RecordID, right: RecordID) -> Bool { left.rawValue < right.rawValue }

    /// Reads the name from a single string.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = RecordID(rawValue: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not a record's name"))
        }
        self = id
    }

    /// Writes the name as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

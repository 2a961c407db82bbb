public import Foundation

/// A moment in UTC to the millisecond, written as in RFC 3339: `2026-07-29T10:11:12.345Z`.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// Makes a moment between the years 0000 and 9999; others are brought to the nearer end.
    public init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, -62_167_219_200_000), 253_402_300_799_999)
    }

    /// The millisecond nearest to a date.
    public init(_ date: Date) {
        let value = (date.timeIntervalSince1970 * 1000).rounded()
        self.init(milliseconds: Int64(min(max(value, -1e15), 1e15)))
    }

    /// Now.
    public static var now: Timestamp { Timestamp(Date()) }

    /// The moment as a date.
    public var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// Reads the RFC 3339 form in UTC, with or without milliseconds; `nil` for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 || bytes.count == 24, bytes.last == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            guard bytes[range].allSatisfy({ (48...57).contains($0) }) else { return nil }
            return bytes[range].reduce(0) { $0 * 10 + Int64($1 - 48) }
        }
        let marks: [(Int, Character)] = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")]
        guard marks.allSatisfy({ bytes[$0.0] == $0.1.asciiValue }),
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        var fraction: Int64 = 0
        if bytes.count == 24 {
            guard bytes[19] == UInt8(ascii: "."), let value = number(20..<23) else { return nil }
            fraction = value
        }
        let days = Self.days(year: year, month: month, day: day)
        guard Self.civil(days: days) == (year, month, day) else { return nil }
        self.init(milliseconds: (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + fraction)
    }

    /// The RFC 3339 form, with milliseconds.
    public var description: String {
        let parts = parts
        return "\(Self.pad(parts[0], 4))-\(Self.pad(parts[1]))-\(Self.pad(parts[2]))T"
            + "\(Self.pad(parts[3])):\(Self.pad(parts[4])):\(Self.pad(parts[5])).\(Self.pad(parts[6], 3))Z"
    }

    /// The form for readers: `2026-07-29 10:11 UTC`.
    public var readable: String {
        let parts = parts
        return "\(Self.pad(parts[0], 4))-\(Self.pad(parts[1]))-\(Self.pad(parts[2])) "
            + "\(Self.pad(parts[3])):\(Self.pad(parts[4])) UTC"
    }

    /// The day: `2026-07-29`.
    public var day: String { String(description.prefix(10)) }

    /// The form in names: `20260729-101112`.
    var compact: String {
        let parts = parts
        return Self.pad(parts[0], 4) + parts[1...2].map { Self.pad($0) }.joined() + "-"
            + parts[3...5].map { Self.pad($0) }.joined()
    }

    /// The order of time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// Year, month, day, hour, minute, second, millisecond.
    private var parts: [Int64] {
        let days = milliseconds.flooredQuotient(86_400_000)
        let rest = milliseconds - days * 86_400_000
        let date = Self.civil(days: days)
        return [
            date.0, date.1, date.2, rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000,
        ]
    }

    private static func pad(_ value: Int64, _ width: Int = 2) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar, counted from a March that begins each year.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.flooredQuotient(400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The year, month and day of a day count; the inverse of `days`.
    private static func civil(days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}

extension Timestamp: Codable {
    /// Reads the RFC 3339 form.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let moment = Timestamp(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not a moment in UTC"))
        }
        self = moment
    }

    /// Writes the RFC 3339 form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Int64 {
    fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

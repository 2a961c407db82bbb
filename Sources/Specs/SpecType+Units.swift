import Foundation

/// A unit that a spec may use, with what one of it is worth in the base unit.
private struct SpecUnit {
    let symbol: String
    let worth: Double
}

/// Reads a number with its unit, as in `50 ms`; the space may be left out.
private func measure(_ text: String, _ units: [SpecUnit]) -> Double? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "+") }
    let symbol = text.dropFirst(digits.count).trimmingCharacters(in: .whitespaces)
    guard case .some(let number) = Double(digits), number.isFinite else { return nil }
    return units.first { $0.symbol == symbol }.map { number * $0.worth }
}

/// The number in the largest unit that leaves it whole.
private func measured(_ value: Double, _ units: [SpecUnit], base: SpecUnit) -> SpecValue {
    let fitting = units.filter { value >= $0.worth && (value / $0.worth).rounded() * $0.worth == value }
    let unit = fitting.max { $0.worth < $1.worth } ?? base
    let number = value / unit.worth
    let text = number == number.rounded() && number.magnitude < 1e15 ? String(Int64(number)) : String(number)
    return .string("\(text) \(unit.symbol)")
}

/// The JSON Schema of a number with one of some units.
private func pattern(_ units: [SpecUnit], example: String) -> SpecValue {
    let symbols = units.map {
        NSRegularExpression.escapedPattern(for: $0.symbol).replacingOccurrences(of: "\\/", with: "/")
    }
    return [
        "type": "string", "pattern": .string("^\\+?[0-9]*\\.?[0-9]*\\s*(" + symbols.joined(separator: "|") + ")$"),
        "examples": [.string(example)],
    ]
}

private func quantity<Value: Sendable>(
    summary: String, units: [SpecUnit], example: String,
    to convert: @escaping @Sendable (Double) -> Value?, from revert: @escaping @Sendable (Value) -> Double,
    base: SpecUnit
) -> SpecType<Value> {
    let symbols = units.map(\.symbol).joined(separator: ", ")
    return SpecType(
        summary: "\(summary) such as \(example)",
        read: { node, problems in
            guard let text = node.scalar?.text, let number = measure(text, units), let value = convert(number) else {
                problems.expected(
                    "\(summary) such as \(example)", at: node, remedy: "write a number and one of \(symbols)")
                return nil
            }
            return value
        }, write: { measured(revert($0), units, base: base) },
        schema: { _ in pattern(units, example: example) })
}

private let nanosecond = SpecUnit(symbol: "ns", worth: 1)

private let times = [
    nanosecond, SpecUnit(symbol: "us", worth: 1e3), SpecUnit(symbol: "µs", worth: 1e3),
    SpecUnit(symbol: "ms", worth: 1e6), SpecUnit(symbol: "s", worth: 1e9),
    SpecUnit(symbol: "min", worth: 60e9), SpecUnit(symbol: "h", worth: 3600e9),
]

private let byte = SpecUnit(symbol: "B", worth: 1)

private let sizes =
    [byte]
    + ["kB", "MB", "GB", "TB"].enumerated().map {
        SpecUnit(symbol: $0.element, worth: pow(1000, Double($0.offset + 1)))
    }
    + ["KiB", "MiB", "GiB", "TiB"].enumerated().map {
        SpecUnit(symbol: $0.element, worth: pow(1024, Double($0.offset + 1)))
    }

private func asDuration(_ nanoseconds: Double) -> Duration? {
    nanoseconds < 9e18 ? Duration.nanoseconds(Int64(nanoseconds.rounded())) : nil
}

private func asBytes(_ bytes: Double) -> Int? { bytes < 9e15 && bytes == bytes.rounded() ? Int(bytes) : nil }

extension Duration {
    /// Reads a length of time as specs write it, `50 ms` or `1.5s`; `nil` for anything else.
    public init?(measure text: String) {
        guard let value = measure(text, times).flatMap(asDuration) else { return nil }
        self = value
    }
}

extension Int {
    /// Reads an amount of memory as specs write it, `64 KiB` or `8MB`, in bytes; `nil` for anything else.
    public init?(measure text: String) {
        guard let value = measure(text, sizes).flatMap(asBytes) else { return nil }
        self = value
    }
}

extension SpecType where Value == Duration {
    /// A length of time with its unit: `50 ms`, `2 s`, `1.5 min`; kept to the nanosecond.
    public static var duration: SpecType {
        quantity(
            summary: "a duration", units: times, example: "50 ms", to: asDuration,
            from: {
                let parts = $0.components
                return Double(parts.seconds) * 1e9 + Double(parts.attoseconds / 1_000_000_000)
            }, base: nanosecond)
    }
}

extension SpecType where Value == Int {
    /// An amount of memory with its unit: `8 GB` is 8·10⁹ bytes, `64 KiB` is 65 536.
    public static var bytes: SpecType {
        quantity(
            summary: "a size", units: sizes, example: "64 KiB", to: asBytes, from: { Double($0) }, base: byte)
    }
}

extension SpecType where Value == Double {
    /// A frequency or rate in hertz with its unit: `100 Hz`, `2.4 GHz`, `50 /s`.
    public static var frequency: SpecType {
        let hertz = SpecUnit(symbol: "Hz", worth: 1)
        return quantity(
            summary: "a frequency",
            units: [
                hertz, SpecUnit(symbol: "/s", worth: 1), SpecUnit(symbol: "kHz", worth: 1e3),
                SpecUnit(symbol: "MHz", worth: 1e6), SpecUnit(symbol: "GHz", worth: 1e9),
            ], example: "100 Hz", to: { $0 }, from: { $0 }, base: hertz)
    }
}

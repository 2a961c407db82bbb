import Foundation

extension MetricUnit {
    /// A number with its unit, three significant digits: `12.3 ms`, `89.0 %`, `3,504,872`.
    public func format(_ value: Double) -> String {
        guard value.isFinite else { return Self.nonFinite(value) }
        let scaling = scaling(for: value)
        return Self.digits(value * scaling.factor, decimals: decimals(for: value, scaling)) + scaling.suffix
    }

    /// A number with its interval in one scale: `12.3 ms [12.1, 12.6]`.
    public func format(_ value: Double, _ interval: Interval?) -> String {
        guard value.isFinite, let interval, interval.lower.isFinite, interval.upper.isFinite else {
            return format(value)
        }
        let scaling = scaling(for: value)
        let decimals = decimals(for: value, scaling, interval)
        let shown = [value, interval.lower, interval.upper].map { Self.digits($0 * scaling.factor, decimals: decimals) }
        return "\(shown[0])\(scaling.suffix) [\(shown[1]), \(shown[2])]"
    }

    /// A number under a given scaling, without its symbol, with so many decimals.
    public static func digits(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return nonFinite(value) }
        if decimals < 0 || value.magnitude >= 1e15 { return scientific(value) }
        let text = String(format: "%.\(min(decimals, 12))f", value)
        return grouped(text)
    }

    /// How many decimals show a number in three significant digits, and more where its interval is narrow; −1 asks for
    /// powers of ten.
    public func decimals(for value: Double, _ scaling: Scaling, _ interval: Interval? = nil) -> Int {
        let shown = (value * scaling.factor).magnitude
        if self == .count, shown == shown.rounded() { return 0 }
        let width = interval.map { ($0.upper - $0.lower).magnitude * scaling.factor } ?? 0
        // Two significant digits of the interval's width, but never more than six digits of the value.
        guard shown.isFinite, width.isFinite else { return -1 }
        let fine = width > 0 ? 1 - Self.exponent(width) : 0
        guard shown > 0 else { return width > 0 ? min(max(fine, 0), 6) : 0 }
        let exponent = Self.exponent(shown)
        if exponent < -4 { return -1 }
        let coarse = max(0, 2 - exponent)
        return max(coarse, min(fine, max(0, 5 - exponent)))
    }

    /// The power of ten of the first digit after rounding to three digits.
    private static func exponent(_ value: Double) -> Int {
        let raw = Int(log10(value).rounded(.down))
        return value * pow(10, Double(-raw)) >= 9.995 ? raw + 1 : raw
    }

    private static func scientific(_ value: Double) -> String {
        let parts = String(format: "%.2e", value).split(separator: "e")
        guard parts.count == 2, let power = Int(parts[1]) else { return String(value) }
        return "\(parts[0])e\(power)"
    }

    private static func nonFinite(_ value: Double) -> String {
        value.isNaN ? "not a number" : value < 0 ? "−∞" : "∞"
    }

    /// Thousands parted by commas; the minus sign is the typographic one.
    private static func grouped(_ text: String) -> String {
        let negative = text.hasPrefix("-")
        let body = negative ? text.dropFirst() : text[...]
        let whole = body.prefix { $0 != "." }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3), whole.count > 4 { grouped.append(",") }
            grouped.append(digit)
        }
        let isZero = !body.contains { $0 != "0" && $0 != "." }
        return (negative && !isZero ? "−" : "") + grouped + body.dropFirst(whole.count)
    }
}

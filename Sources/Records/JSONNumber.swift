/// Numbers as ECMAScript writes them: the shortest digits that read back to the same double (ECMA-262, Number::toString).
enum JSONNumber {
    static func text(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "\"NaN\"" : value < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
        if value == 0 { return "0" }
        // Swift's description has the same shortest digits; only the place of the point differs.
        let (digits, point) = decompose(value.magnitude.description)
        let sign = value < 0 ? "-" : ""
        let count = digits.count
        if point > 21 || point < -5 {
            let power = point - 1
            let rest = count > 1 ? "." + digits.dropFirst() : ""
            return "\(sign)\(digits.prefix(1))\(rest)e\(power < 0 ? "-" : "+")\(power.magnitude)"
        }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if point >= count { return sign + digits + String(repeating: "0", count: point - count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    /// The digits without leading and trailing zeros, and where the point stands after the first of them.
    private static func decompose(_ description: String) -> (digits: String, point: Int) {
        let parts = description.split(separator: "e", maxSplits: 1)
        let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = String(mantissa[0])
        let fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
        let all = whole + fraction
        let leading = all.prefix { $0 == "0" }.count
        var digits = String(all.dropFirst(leading))
        while digits.hasSuffix("0") { digits.removeLast() }
        let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        return (digits, whole.count - leading + power)
    }
}

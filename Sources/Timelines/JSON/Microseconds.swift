/// Times of the Chrome trace format: microseconds as decimal numbers, here exact to the nanosecond.
enum Microseconds {
    /// The decimal number of microseconds that equals the nanoseconds.
    static func text(_ nanoseconds: Int64) -> String {
        let (whole, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
        let sign = nanoseconds < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(whole)" }
        var fraction = String(rest + 1000).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        return "\(sign)\(whole).\(fraction)"
    }

    /// The nanoseconds nearest to a JSON number of microseconds, half away from zero; `nil` when they do not fit 64 bits.
    static func nanoseconds(_ text: String) -> Int64? {
        var digits: [UInt8] = []
        var point: Int?
        var isNegative = false
        var exponent = 0
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): point = digits.count
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                let power = rest.first == UInt8(ascii: "+") ? rest.dropFirst() : rest
                guard let value = Int(Substring(power)) else { return nil }
                exponent = min(max(value, -1_000_000_000), 1_000_000_000)
                rest = rest[rest.endIndex...]
            case 48...57: digits.append(byte - 48)
            default: return nil
            }
        }
        return scaled(digits, point: (point ?? digits.count) + exponent + 3, isNegative: isNegative)
    }

    /// The whole number whose digits stand before the point, rounded by the digit after it.
    private static func scaled(_ digits: [UInt8], point: Int, isNegative: Bool) -> Int64? {
        guard let first = digits.firstIndex(where: { $0 > 0 }) else { return 0 }
        guard point - first <= 19 else { return nil }
        var magnitude: UInt64 = 0
        for place in first..<max(point, first) {
            let digit = place < digits.count ? digits[place] : 0
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            magnitude = product
            let (sum, carry) = magnitude.addingReportingOverflow(UInt64(digit))
            guard !carry else { return nil }
            magnitude = sum
        }
        if digits.indices.contains(point), digits[point] >= 5 { magnitude += 1 }
        if isNegative { return magnitude == Int64.min.magnitude ? .min : Int64(exactly: magnitude).map { -$0 } }
        return Int64(exactly: magnitude)
    }
}

/// A factor and symbol under which numbers of a unit are shown: nanoseconds as `ms`.
public struct Scaling: Sendable, Hashable {
    /// What a number is multiplied by before it is shown.
    public let factor: Double
    /// The symbol shown after it; empty for a bare number.
    public let symbol: String
    /// Whether a space stands between number and symbol.
    public let spaced: Bool

    init(_ factor: Double, _ symbol: String, spaced: Bool = true) {
        self.factor = factor
        self.symbol = symbol
        self.spaced = spaced
    }

    /// The symbol with the space before it, where there is one.
    public var suffix: String { symbol.isEmpty ? "" : (spaced ? " " : "") + symbol }
}

extension MetricUnit {
    /// The scaling that suits a magnitude: 12 300 000 ns is shown as 12.3 ms.
    public func scaling(for magnitude: Double) -> Scaling {
        let size = magnitude.magnitude
        switch self {
        case .nanoseconds: return Self.timeScaling(nanoseconds: size, factor: 1)
        case .seconds: return Self.timeScaling(nanoseconds: size * 1e9, factor: 1e9)
        case .bytes: return Self.prefixed(size, symbol: "B", binary: true)
        case .bytesPerSecond: return Self.prefixed(size, symbol: "B/s", binary: false)
        case .flop, .flopPerSecond, .joules, .watts:
            return Self.prefixed(size, symbol: rawValue, binary: false, small: self == .joules || self == .watts)
        case .fraction: return Scaling(100, "%")
        case .percent: return Scaling(1, "%")
        case .ratio: return Scaling(1, "×", spaced: false)
        case .count, .number: return Scaling(1, "")
        case .itemsPerSecond: return Scaling(1, "/s")
        default: return Scaling(1, rawValue)
        }
    }

    private static func timeScaling(nanoseconds: Double, factor: Double) -> Scaling {
        switch nanoseconds {
        case ..<999.5: Scaling(factor, "ns")
        case ..<999_500: Scaling(factor * 1e-3, "µs")
        case ..<999_500_000: Scaling(factor * 1e-6, "ms")
        case ..<119_500_000_000: Scaling(factor * 1e-9, "s")
        case ..<7_170_000_000_000: Scaling(factor * 1e-9 / 60, "min")
        default: Scaling(factor * 1e-9 / 3600, "h")
        }
    }

    private static func prefixed(_ size: Double, symbol: String, binary: Bool, small: Bool = false) -> Scaling {
        let base: Double = binary ? 1024 : 1000
        if small, size > 0, size < 0.9995 {
            return size < 0.9995e-3 ? Scaling(1e6, "µ" + symbol) : Scaling(1e3, "m" + symbol)
        }
        var factor = 1.0
        let prefixes = binary ? ["", "Ki", "Mi", "Gi", "Ti", "Pi"] : ["", "k", "M", "G", "T", "P", "E"]
        for prefix in prefixes {
            if size * factor < 999.5 || prefix == prefixes.last { return Scaling(factor, prefix + symbol) }
            factor /= base
        }
        return Scaling(1, symbol)
    }
}

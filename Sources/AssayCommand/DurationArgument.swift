import ArgumentParser

/// A time on the command line, with its unit: `50ms`, `1.5 s`.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    private static let units: [(symbol: String, nanoseconds: Double)] = [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("min", 60e9), ("h", 3600e9),
    ]

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let symbol = argument.dropFirst(digits.count).drop { $0 == " " }
        guard let number = Double(digits), let unit = Self.units.first(where: { $0.symbol == symbol }) else {
            return nil
        }
        let nanoseconds = (number * unit.nanoseconds).rounded()
        guard nanoseconds >= 1, nanoseconds < 9e18 else { return nil }
        duration = .nanoseconds(Int64(nanoseconds))
    }
}

import Foundation
import Records

extension Gate {
    private static let times: [String: Double] = [
        "ns": 1, "us": 1e3, "µs": 1e3, "ms": 1e6, "s": 1e9, "min": 60e9,
    ]
    private static let sizes: [String: Double] = [
        "B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824,
    ]
    private static let rates: [String: Double] = ["/s": 1, "items/s": 1]

    /// What a metric is measured in, and the units that a bound may have; `nil` for one without dimension.
    private static func dimension(of metric: String) -> (unit: MetricUnit, symbols: [String: Double])? {
        if metric.hasPrefix("latency.") || metric.hasSuffix(".time") || metric.hasPrefix("time.") {
            return (.nanoseconds, times)
        }
        if metric.hasPrefix("memory.") { return (.bytes, sizes) }
        if metric.hasPrefix("throughput") { return (.itemsPerSecond, rates) }
        return nil
    }

    /// The units that a bound on a metric may have.
    static func units(of metric: String) -> [String] {
        let symbols = dimension(of: metric)?.symbols.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
        return (symbols.map { $0 + ["x"] } ?? []) + ["%"]
    }

    /// The bound that a number with a unit stands for; `nil` where the metric has no such unit.
    ///
    /// A percentage with a sign is a change: `+5%` is 1.05.
    static func reading(
        _ number: Double, isSigned: Bool, _ unit: String, of metric: String
    ) -> (bound: Double, measure: Measure)? {
        guard let dimension = dimension(of: metric) else {
            switch unit {
            case "": return (number, .value(.number))
            case "%": return (number / 100, .value(.fraction))
            default: return nil
            }
        }
        switch unit {
        case "", "x": return (number, .ratio)
        case "%": return (isSigned ? 1 + number / 100 : number / 100, .ratio)
        default: return dimension.symbols[unit].map { (number * $0, .value(dimension.unit)) }
        }
    }
}

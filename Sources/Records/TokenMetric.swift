import Foundation

/// The metrics of models that answer in tokens, whose names and units are fixed for every study.
///
/// `token.first.p99`, `token.output.mean`, `token.rate`, `token.count`: a name below `token.` that is none of these, or one
/// in another unit, is no valid record (MLPerf Inference, "token latencies": time to first token, time per output token).
public enum TokenMetric: String, Sendable, CaseIterable {
    /// From when a query was due until its first token was there, by percentile or mean.
    case first = "token.first"
    /// The time from the first token to the last over the number of tokens after the first, by percentile or mean.
    case output = "token.output"
    /// Tokens a second over all queries of a run.
    case rate = "token.rate"
    /// Tokens that were given.
    case count = "token.count"

    /// Tokens a second.
    public static let tokensPerSecond = MetricUnit(rawValue: "tokens/s")

    /// The unit in which it is told.
    public var unit: MetricUnit {
        switch self {
        case .first, .output: .nanoseconds
        case .rate: Self.tokensPerSecond
        case .count: .count
        }
    }

    /// The pattern of its names: a time is told by percentile or mean.
    public var pattern: String {
        let name = rawValue.split(separator: ".").joined(separator: "\\.")
        return switch self {
        case .first, .output: "^\(name)\\.(p[0-9]+(\\.[0-9]+)?|mean|max)$"
        case .rate, .count: "^\(name)$"
        }
    }

    /// The names that are not for tokens.
    static let othersPattern = "^(?!token\\.)"

    /// What is wrong with the name or the unit of a metric; `nil` where nothing is.
    public static func violation(name: String, unit: MetricUnit) -> String? {
        guard name.hasPrefix("token.") else { return nil }
        guard let metric = allCases.first(where: { name.range(of: $0.pattern, options: .regularExpression) != nil })
        else {
            return "'\(name)' is no metric of tokens: those are \(allCases.map(\.rawValue).joined(separator: ", "))"
        }
        return metric.unit == unit ? nil : "'\(name)' is told in '\(metric.unit.rawValue)', not '\(unit.rawValue)'"
    }
}

import Foundation
import Records

/// Whether what a run shows is the engine's doing or the load generator's.
///
/// With a schedule the queue is computed again from the service times that were measured, as if the generator had never been
/// late; what a percentile of the response time loses by that is the generator's share of it. It holds the generator to
/// account for all it did: one late start in a full queue delays every query behind it. The median, the 90th and the judged
/// percentile are looked at, and the one that loses most decides. Without a schedule nothing waits, and the generator can
/// only lower the rate: its share is that of the threads' time which passed between an answer and the next query.
public struct GeneratorAudit: Codable, Sendable, Hashable {
    /// The largest share at which a run counts, unless another is asked for.
    public static let usualLimit = 0.05

    /// The share of the figure that is the generator's, in [0, 1]; of the percentile that loses most.
    public let share: Double
    /// The largest share at which the run counts.
    public let limit: Double
    /// The percentile that loses most, as a share in (0, 1).
    public let percentile: Double
    /// That percentile of the response time, in nanoseconds.
    public let response: Double
    /// The same percentile had the generator never been late, in nanoseconds.
    public let punctualResponse: Double
    /// The judged percentile of the generator's lateness, in nanoseconds.
    public let lateness: Double
    /// The greatest lateness, in nanoseconds.
    public let greatestLateness: Double

    /// True where the run shows the engine.
    public var isPassed: Bool { share <= limit }

    /// Audits a run; `nil` where it has no queries.
    public init?(_ times: QueryTimes, servers: Int, percentile: Double, limit: Double = usualLimit) {
        guard times.count > 0, percentile > 0, percentile < 1 else { return nil }
        let lateness = times.lateness
        let services = times.services
        let responses = times.responses
        self.limit = limit
        self.lateness = Self.quantile(percentile, lateness)
        greatestLateness = Double(lateness.max() ?? 0)
        guard times.isScheduled else {
            self.percentile = percentile
            response = Self.quantile(percentile, responses)
            punctualResponse = response
            let (late, busy) = (Self.sum(lateness), Self.sum(services))
            share = late + busy > 0 ? late / (late + busy) : 0
            return
        }
        let line = WaitingLine(scheduled: times.scheduled, services: services, servers: servers)
        let losses = Set([0.5, 0.9, percentile]).sorted().map { share in
            Loss(
                percentile: share, response: Self.quantile(share, responses),
                punctual: Self.quantile(share, line.responses))
        }
        let worst = losses.max { $0.share < $1.share } ?? losses[0]
        self.percentile = worst.percentile
        response = worst.response
        punctualResponse = worst.punctual
        share = worst.share
    }

    /// What lateness did to one percentile.
    private struct Loss {
        let percentile: Double
        let response: Double
        let punctual: Double
        var share: Double { response > 0 ? max(0, response - punctual) / response : 0 }
    }

    private static func quantile(_ probability: Double, _ samples: [Int64]) -> Double {
        var selection = Selection(samples.map(Double.init))
        return QuantileEstimate.quantile(probability, &selection, count: samples.count)
    }

    private static func sum(_ samples: [Int64]) -> Double { samples.reduce(0) { $0 + Double($1) } }

    /// What it found, in a sentence.
    public var sentence: String {
        let part = MetricUnit.fraction.format(share)
        guard response != punctualResponse || isPassed else {
            return
                "\(part) of the threads' time passed in the generator, more than \(MetricUnit.fraction.format(limit))"
        }
        guard !isPassed else { return "the generator's share is \(part), within \(MetricUnit.fraction.format(limit))" }
        let time = MetricUnit.nanoseconds
        let name = LatencySummary.Percentile.name(percentile)
        return """
            the generator was late, not the engine: \(part) of \(name) of the response time, \
            \(time.format(response)), is its doing; without it \(name) is \(time.format(punctualResponse))
            """
    }
}

import Foundation
import Measurement
import Records

/// Times of runs by process and round, and what they say: processes are independent, rounds of one nearly so, runs of one
/// round are not.
struct NestedTimes: Sendable {
    /// Process → round → nanoseconds.
    private(set) var processes: [[[Int64]]] = []

    /// Adds a round of a process; processes come in order.
    mutating func append(_ times: [Int64], process: Int) {
        while processes.count <= process { processes.append([]) }
        processes[process].append(times)
    }

    /// All times.
    var all: [Int64] { processes.flatMap { $0.flatMap(\.self) } }

    /// The number of runs.
    var count: Int { processes.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } } }

    /// The median of each round.
    var medians: [Double] { processes.flatMap { $0.compactMap { Selection.median(of: $0) } } }

    /// The geometric mean of the rounds' medians in nanoseconds, with Student's interval of the logarithms over processes,
    /// or over rounds where there are fewer than three processes; `nil` without runs.
    var median: Quantity? {
        Self.time(processes.map { $0.compactMap { Selection.median(of: $0) } }, count: count)
    }

    /// The geometric mean of times by process, with the interval of their logarithms; of times that are all but 0 the
    /// mean of the numbers themselves.
    static func time(_ times: [[Double]], count: Int) -> Quantity? {
        guard times.allSatisfy({ $0.allSatisfy { $0 > 0 } }) else {
            return mean(times).map { Quantity($0.value, .nanoseconds, interval: $0.interval, count: count) }
        }
        guard let (value, interval) = mean(times.map { $0.map { log($0) } }) else { return nil }
        return Quantity(exp(value), .nanoseconds, interval: interval.map(raised), count: count)
    }

    private static func raised(_ logarithms: Interval) -> Interval {
        Interval(
            lower: exp(logarithms.lower), upper: exp(logarithms.upper), level: logarithms.level,
            method: logarithms.method)
    }

    /// How many times as long these runs take as others that took turns with them; `nil` where no round has both.
    ///
    /// Each round gives the logarithm of the ratio of its two medians: what disturbs the machine for longer than a round
    /// disturbs both alike. The interval is Student's over processes, or over rounds where there are fewer than three.
    func ratio(over others: NestedTimes) -> Quantity? {
        let logarithms = zip(processes, others.processes).map { own, other in
            zip(own, other).compactMap { above, below -> Double? in
                guard let above = Selection.median(of: above), let below = Selection.median(of: below), above > 0,
                    below > 0
                else { return nil }
                return log(above / below)
            }
        }
        guard let (value, interval) = Self.mean(logarithms) else { return nil }
        return Quantity(
            exp(value), .ratio, interval: interval.map(Self.raised), count: logarithms.reduce(0) { $0 + $1.count })
    }

    /// The mean of numbers by process, and its interval.
    static func mean(_ numbers: [[Double]]) -> (value: Double, interval: Interval?)? {
        let filled = numbers.filter { !$0.isEmpty }
        guard !filled.isEmpty else { return nil }
        let means = filled.map { $0.reduce(0, +) / Double($0.count) }
        if let estimate = MeanEstimate(of: means, method: "student-t over processes"), means.count >= 3 {
            return (estimate.value, estimate.interval)
        }
        let rounds = filled.flatMap(\.self)
        let value = rounds.reduce(0, +) / Double(rounds.count)
        return (value, MeanEstimate(of: rounds, method: "student-t over rounds")?.interval)
    }
}

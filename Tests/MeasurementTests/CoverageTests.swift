import Foundation
import Measurement
import Records
import Tensors
import Testing

/// How often each interval holds the truth, which is known since the numbers are made: as often as its level says.
///
/// `ASSAY_COVERAGE_TRIALS=4000` makes the table as precise as the published claim; the suite takes fewer. The table is
/// printed as one line of JSON.
@Suite struct CoverageTests {
    /// One interval and how often it covered.
    private struct Line: Encodable {
        var interval: String
        var level: Double
        var trials: Int
        var coverage: Double
    }

    private static let trials =
        ProcessInfo.processInfo.environment["ASSAY_COVERAGE_TRIALS"].flatMap { Int($0) } ?? 150

    private func line(
        _ interval: String, level: Double = 0.95, seed: UInt64, _ covers: (inout SplitMix64) throws -> Bool
    ) rethrows -> Line {
        var random = SplitMix64(seed: seed)
        var covered = 0
        for _ in 0..<Self.trials where try covers(&random) { covered += 1 }
        return Line(
            interval: interval, level: level, trials: Self.trials, coverage: Double(covered) / Double(Self.trials))
    }

    @Test func intervalsCoverAsOftenAsTheySay() throws {
        let lines = try quantiles() + queues() + means() + ratios() + sequentialRatios()
        let trials = Double(Self.trials)
        for line in lines {
            let margin = 4 * (line.level * (1 - line.level) / trials).squareRoot()
            #expect(line.coverage > line.level - margin - 0.01, "\(line.interval): \(line.coverage)")
            #expect(line.coverage < line.level + margin + 0.02, "\(line.interval): \(line.coverage)")
            // So few trials may all be covered by chance, unless an interval of the level would have missed one.
            #expect(line.coverage < 1 || pow(line.level, trials) > 1e-3, "\(line.interval) is too wide to miss")
        }
        let data = try JSONEncoder().encode(lines)
        print("COVERAGE \(String(decoding: data, as: UTF8.self))")
    }

    private func quantiles() throws -> [Line] {
        let independent: [(Double, Int)] = [(0.5, 200), (0.9, 400), (0.99, 1500)]
        let dependent: [(Double, Double, Int)] = [(0.5, 0.8, 1000), (0.9, 0.6, 1500), (0.99, 0.5, 5000)]
        return try independent.map { probability, count in
            try line("order statistics, quantile \(probability), \(count) independent", seed: 11) { random in
                let samples = (0..<count).map { _ in random.normal() }
                return try #require(QuantileEstimate(probability, of: samples)).interval
                    .contains(Distributions.inverseNormal(probability))
            }
        }
            + dependent.map { probability, correlation, count in
                try line(
                    "order statistics, quantile \(probability), \(count) with autocorrelation \(correlation)", seed: 12
                ) { random in
                    let samples = Noise.autoregressive(correlation, count: count, &random)
                    return try #require(QuantileEstimate(probability, ofSeries: samples)).interval
                        .contains(Distributions.inverseNormal(probability))
                }
            }
    }

    /// Percentiles of the response times of a queue, whose neighbours wait together, as `assay load` tells them.
    private func queues() throws -> [Line] {
        try [0.5, 0.9].map { share in
            try line("percentile \(share) of the responses of 8000 queries to M/M/1, half busy", seed: 13) { random in
                let times = QueueOracle.responses(utilisation: 0.5, service: 1e6, count: 8000, &random)
                let percentile = try #require(LatencySummary(times, percentiles: [share])).percentiles[0]
                // Responses are exponential with a mean of two services.
                return try #require(percentile.interval).contains(-2e6 * log(1 - share))
            }
        }
    }

    private func means() throws -> [Line] {
        [
            try line("Student, mean of 8", seed: 21) { random in
                try #require(MeanEstimate(of: (0..<8).map { _ in 5 + random.normal() })).interval.contains(5)
            },
            try line("block means, throughput of 10 rounds", seed: 22) { random in
                // Rates that are normal: the truth is their mean.
                let rounds = (0..<10).map { _ in [Int64(1e9 / (1000 + 30 * random.normal()))] }
                return try #require(ThroughputEstimate(rounds: rounds)).interval.contains(1000)
            },
            try line("standard error under autocorrelation 0.7, mean of 1000", seed: 23) { random in
                let samples = Noise.autoregressive(0.7, count: 1000, &random)
                let mean = samples.reduce(0, +) / 1000
                return abs(mean) <= 1.96 * (try #require(EffectiveSampleSize(of: samples)).standardError)
            },
            try line("standard error in blocks of 8 under autocorrelation 0.7, mean of 4000", seed: 26) { random in
                let samples = Noise.autoregressive(0.7, count: 4000, &random)
                let mean = samples.reduce(0, +) / 4000
                let size = try #require(EffectiveSampleSize(of: samples, mostBlocks: 500))
                return abs(mean) <= 1.96 * size.standardError
            },
            line("Wilson, share of 200", seed: 25) { random in
                let successes = (0..<200).filter { _ in random.unit() < 0.83 }.count
                return ProportionInterval.wilson(successes: successes, trials: 200).contains(0.83)
            },
        ]
    }

    private func ratios() throws -> [Line] {
        func processes(_ mean: Double, _ random: inout SplitMix64) -> [[[Double]]] {
            (0..<8).map { _ in
                let process = mean * exp(0.02 * random.normal())
                return (0..<4).map { _ in
                    let round = process * exp(0.01 * random.normal())
                    return (0..<10).map { _ in round * exp(0.02 * random.normal()) }
                }
            }
        }
        return [
            try line("paired blocks, ratio of medians over 10 rounds", seed: 31) { random in
                var (above, below): ([[Int64]], [[Int64]]) = ([], [])
                for _ in 0..<10 {
                    let shared = exp(0.3 * random.normal())
                    above.append((0..<11).map { _ in Int64(1.2e6 * shared * exp(0.05 * random.normal())) })
                    below.append((0..<11).map { _ in Int64(1e6 * shared * exp(0.05 * random.normal())) })
                }
                return try #require(RatioOfMedians.interleaved(above, over: below).interval).contains(1.2)
            },
            try line("trimmed Student, ratio of 12 pairs of processes", seed: 32) { random in
                let logarithms = (0..<12).map { _ in log(1.1) + 0.02 * random.normal() }
                return try #require(RatioEstimate(logarithms: logarithms)).interval().contains(1.1)
            },
            try line("hierarchical bootstrap, mean of 8 processes", seed: 33) { random in
                let samples = processes(1, &random)
                let estimate = try #require(HierarchicalBootstrap(of: samples, draws: 300, seed: random.next()))
                // The mean of exp of a normal number.
                return estimate.interval.contains(exp((0.0004 + 0.0001 + 0.0004) / 2))
            },
            try line("hierarchical bootstrap, ratio of 8 and 8 processes", seed: 34) { random in
                let (above, below) = (processes(1.3, &random), processes(1, &random))
                return try #require(
                    HierarchicalBootstrap.ratio(of: above, over: below, draws: 300, seed: random.next())
                ).interval.contains(1.3)
            },
        ]
    }

    /// What `assay compare` does: pairs of processes until the rule finds the interval of the ratio narrow enough, or there
    /// are 200; the spread is such that this takes one look to some.
    private func sequentialRatios() throws -> [Line] {
        var lines: [Line] = []
        for deviation in [0.015, 0.02] {
            for level in [0.95, 0.98] {
                let rule = SequentialRatio(precision: 0.01, level: level, minimum: SequentialRatio.fewest)
                for noise in [RatioEstimateTests.Shape.normal, .heavy] {
                    let name =
                        "ratio to 1 % at \(level), stopped from \(rule.minimum) pairs on, \(noise) noise of \(deviation)"
                    lines.append(
                        try line(name, level: level, seed: 41) { random in
                            try Self.compared(rule, noise, deviation, &random).interval(level: level).contains(1.03)
                        })
                }
            }
        }
        return lines
    }

    private static func compared(
        _ rule: SequentialRatio, _ noise: RatioEstimateTests.Shape, _ deviation: Double, _ random: inout SplitMix64
    ) throws -> RatioEstimate {
        var logarithms: [Double] = []
        while true {
            let look = min(rule.nextLook(after: logarithms.count), 200)
            while logarithms.count < look { logarithms.append(log(1.03) + deviation * noise.draw(&random)) }
            let ratio = try #require(RatioEstimate(logarithms: logarithms))
            if rule.isEnough(ratio) || look == 200 { return ratio }
        }
    }
}

import Foundation
import Measurement
import Records

/// Judges times: variants of a record side by side, and what is as recorded against the record.
///
/// What is as recorded and what is as here take turns, so that only what was swapped differs; the numbers in the record come
/// from another day, so they are judged with the width of days.
struct ReplayTiming {
    var timer: any VariantTimer
    let spec: ReplaySpec
    /// The candidates that reach an engine, in the order of the bits of a set.
    let names: [String]
    let progress: StudyProgress

    /// The standard deviation of the logarithm of a time between two sessions on one machine.
    ///
    /// It stands for what the rounds of one session do not show: layout in memory, neighbours, clock. It is a convention, not a
    /// measurement.
    static let sessionDeviation = 0.08
    /// The share within which the times of two sessions count as the same.
    static let sessionMargin = 0.25
    /// The same of a ratio, whose two sides share their session.
    ///
    /// 95 of 100 lie within the 5 % that comparisons of records allow for; a convention as well.
    static let ratioDeviation = 0.025
    /// The share within which the ratios of two sessions count as the same.
    static let ratioMargin = 0.1

    /// Times and judges everything that can be.
    mutating func run() async throws -> [TimedCell] {
        let everything = (UInt64(1) << UInt64(names.count)) - 1
        var cells: [TimedCell] = []
        for index in timer.cells.indices {
            guard !Task.isCancelled else { return cells }
            var cell = timer.cells[index]
            progress.report(.began("times of \(cell.words)"))
            if let times = try await timer.times(of: [0, everything], cell: index, precision: spec.margin / 2) {
                judge(times, everything, &cell)
            }
            cells.append(cell)
        }
        try await explain(&cells, everything)
        return cells
    }

    // MARK: - Both ends

    private func judge(_ times: VariantTimes, _ everything: UInt64, _ cell: inout TimedCell) {
        cell.session = session(times, cell)
        guard times.variants[0] != times.variants[everything],
            let estimate = MeanEstimate(of: zip(times[everything], times[0]).map { $0 - $1 })
        else { return }
        cell.controlled = ComparisonVerdict(
            ratio: exp(estimate.value), interval: estimate.interval.exponential, rounds: estimate.count,
            margin: spec.margin)
    }

    /// What is as recorded, run now, over the record, with the width of both and that of days between them.
    private func session(_ times: VariantTimes, _ cell: TimedCell) -> ComparisonVerdict? {
        let logarithms = times[0]
        guard let recorded = cell.recorded, recorded.value > 0, !logarithms.isEmpty else { return nil }
        let now = logarithms.reduce(0, +) / Double(logarithms.count)
        let ratio = now - log(recorded.value)
        let own = MeanEstimate(of: logarithms)?.interval.halfWidth ?? times.half ?? 0
        let other = recorded.interval.flatMap(\.halfLogarithm) ?? 0
        let days =
            Distributions.inverseNormal(0.975) * (cell.isRatio ? Self.ratioDeviation : Self.sessionDeviation)
        let half = (own * own + other * other + days * days).squareRoot()
        return ComparisonVerdict(
            ratio: exp(ratio),
            interval: Interval(lower: exp(ratio - half), upper: exp(ratio + half), method: "sessions"), rounds: 1,
            margin: cell.isRatio ? Self.ratioMargin : Self.sessionMargin)
    }

    // MARK: - Causes

    /// Swaps ingredients one at a time where the times differ the most.
    private mutating func explain(_ cells: inout [TimedCell], _ everything: UInt64) async throws {
        let differing = cells.indices.filter { cells[$0].controlled?.outcome.isDifferent == true }
        guard let worst = differing.max(by: { distance(cells[$0]) < distance(cells[$1]) }) else {
            for index in cells.indices where cells[index].isRatio { cells[index].cause = rest(of: cells[index]) }
            return
        }
        let observable = cells[worst].observable
        if names.count == 1, let ratio = cells[worst].controlled {
            // Both ends were timed already, and nothing else was swapped.
            cells[worst].cause = ReplayCause(
                observable: observable, parts: [(names[0], log(ratio.ratio), ratio.interval?.halfLogarithm)],
                together: 0, rest: 0, total: log(ratio.ratio))
            return
        }
        progress.report(.began("times of \(cells[worst].words), one swap at a time"))
        let times = try await timer.times(of: Shares.sets(of: names.count), cell: worst, precision: nil)
        cells[worst].cause = times.flatMap { cause($0, observable) }
    }

    /// A ratio that differs with everything as it was recorded lies in what cannot be swapped.
    private func rest(of cell: TimedCell) -> ReplayCause? {
        guard let session = cell.session, session.outcome.isDifferent else { return nil }
        let whole = log(session.ratio)
        return ReplayCause(observable: cell.observable, parts: [], together: 0, rest: whole, total: whole)
    }

    /// The shares of every repetition by itself, and their mean with its interval.
    private func cause(_ times: VariantTimes, _ observable: String) -> ReplayCause? {
        let repetitions = times.logarithms.map(\.count).min() ?? 0
        let shares = (0..<repetitions).compactMap { repetition in
            Shares(of: names.count) { set in
                times.variants[set] == nil ? nil : times[set][repetition] - times[0][repetition]
            }
        }
        guard !shares.isEmpty else { return nil }
        let mean = { (number: (Shares) -> Double) in shares.map(number).reduce(0, +) / Double(shares.count) }
        let parts = names.indices.map { index -> (name: String, value: Double, half: Double?) in
            let estimate = MeanEstimate(of: shares.map { $0.values[index] })
            return (names[index], mean { $0.values[index] }, estimate?.interval.halfWidth)
        }
        return ReplayCause(
            observable: observable, parts: parts, together: mean { $0.together }, rest: 0, total: mean { $0.total })
    }

    private func distance(_ cell: TimedCell) -> Double { abs(log(cell.controlled?.ratio ?? 1)) }
}

extension ComparisonVerdict.Outcome {
    /// True where two numbers are told apart.
    var isDifferent: Bool {
        switch self {
        case .faster, .slower: true
        case .same, .undecided: false
        }
    }
}

extension Interval {
    /// The interval of the exponential.
    fileprivate var exponential: Interval {
        Interval(lower: exp(lower), upper: exp(upper), level: level, method: "paired-repetitions")
    }

    fileprivate var halfWidth: Double { (upper - lower) / 2 }

    /// Half the width of the logarithm; `nil` where an end is not positive and finite.
    var halfLogarithm: Double? {
        lower > 0 && upper.isFinite ? log(upper / lower) / 2 : nil
    }
}

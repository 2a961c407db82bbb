import Engines
import Foundation
import Measurement
import Records

/// What the configurations did, and what follows from it.
package struct CostFindings: Sendable {
    /// The model.
    let model: ResolvedModel
    /// All engines: the systems, and those that the single thread is chosen from.
    let stacks: [PreparedStack]
    /// The places of the systems among the engines.
    let systems: [Int]
    /// The places of the engines that the single thread is chosen from.
    let against: [Int]
    /// What each configuration did.
    var entries: [CostEntry]
    /// Whether it was interrupted.
    var isPartial = false

    /// The fastest single thread that does not break the bound; `nil` where there is none.
    var baseline: CostEntry? {
        singles.filter { $0.hold != .fails && $0.throughput > 0 }.max { $0.throughput < $1.throughput }
    }

    /// Whether every single thread certainly breaks the bound.
    var isWithoutSingle: Bool { singles.allSatisfy { $0.hold == .fails } }

    /// The single threads that were measured.
    private var singles: [CostEntry] {
        entries.filter { against.contains($0.configuration.stack) && $0.configuration.isSingle && $0.isMeasured }
    }

    /// The configurations of a system, smallest first.
    func entries(of system: Int) -> [CostEntry] {
        entries.filter { $0.configuration.stack == system }
            .sorted {
                ($0.configuration.size, $0.configuration.workers, $0.configuration.machines)
                    < ($1.configuration.size, $1.configuration.workers, $1.configuration.machines)
            }
    }

    /// How a system grows, as far as it was looked at: each way that has a configuration beside the smallest, all together
    /// where that is more, and machines where there are several.
    func directions(of system: Int) -> [CostDirection] {
        let entries = entries(of: system)
        let single = [CostDirection.threads, .workers].filter { way in
            entries.filter { way.contains($0.configuration) }.count > 1
        }
        let alone = entries.filter { $0.configuration.machines == 1 }
        let isCovered = single.contains { way in alone.allSatisfy { way.contains($0.configuration) } }
        let ways = isCovered ? single : single + [.all]
        guard entries.count > alone.count else { return ways }
        return (alone.count > 1 ? ways : []) + [.machines]
    }

    /// The COST of a system in one direction; `nil` where nothing of it could be measured.
    func answer(_ system: Int, _ direction: CostDirection, _ spec: CostSpec) -> CostAnswer? {
        let baseline = baseline
        let entries = entries(of: system).filter { direction.contains($0.configuration) && $0.isMeasured }
        return CostAnswer(
            entries.compactMap { point($0, size: direction.size(of: $0.configuration), against: baseline, spec) })
    }

    /// The configuration against the single thread, with the bound counted in; `nil` where neither was measured.
    ///
    /// - Parameter size: how much it takes, in threads, workers or machines.
    func point(_ entry: CostEntry, size: Int, against baseline: CostEntry?, _ spec: CostSpec) -> CostPoint? {
        let state = entry.hold
        if state == .fails { return CostPoint(size: size, ratio: 0) }
        if entry.throughput == 0 { return CostPoint(size: size, ratio: 0, upper: .infinity) }
        guard let baseline else {
            guard spec.bound != nil else { return nil }
            // What holds a bound that no single thread holds beats them all.
            let isCertain = state == .holds && isWithoutSingle
            return CostPoint(size: size, ratio: .infinity, lower: isCertain ? .infinity : 0)
        }
        if entry.configuration == baseline.configuration { return CostPoint(size: size, ratio: 1) }
        guard let ratio = ratio(entry, over: baseline, spec) else { return nil }
        return CostPoint(
            size: size, ratio: ratio.value, lower: state == .holds ? ratio.interval?.lower ?? 0 : 0,
            upper: ratio.interval?.upper ?? .infinity)
    }

    /// The throughput of a configuration over that of the single thread.
    ///
    /// Each round gives one ratio, in which what disturbed both cancels. The interval is wide enough for all configurations
    /// of a system together to be right at the level of the answer (Bonferroni).
    func ratio(
        _ entry: CostEntry, over baseline: CostEntry, _ spec: CostSpec
    ) -> (value: Double, interval: Interval?, count: Int)? {
        let logarithms = zip(entry.processes, baseline.processes).map { above, below in
            zip(above, below).compactMap { above, below -> Double? in
                guard let above, let below, above.throughput > 0, below.throughput > 0 else { return nil }
                return log(above.throughput / below.throughput)
            }
        }.filter { !$0.isEmpty }
        guard !logarithms.isEmpty else { return nil }
        let count = max(1, entries(of: entry.configuration.stack).count)
        let level = 1 - (1 - spec.level) / Double(count)
        let nested = logarithms.count > 1 ? logarithms.map { [$0] } : [logarithms[0].map { [$0] }]
        let estimate = HierarchicalBootstrap(of: nested, level: level, seed: UInt64(clamping: spec.seed))
        return (
            exp(estimate?.value ?? HierarchicalBootstrap.mean(nested)),
            estimate.map {
                Interval(
                    lower: exp($0.interval.lower), upper: exp($0.interval.upper), level: level,
                    method: $0.interval.method)
            }, logarithms.reduce(0) { $0 + $1.count }
        )
    }
}

extension CostEntry {
    /// Why there is no rate at the bound.
    var unheld: String {
        hold == .fails ? "it breaks the bound at every rate" : "no rate that was tried is certain to hold the bound"
    }

    /// The throughput with its interval over processes, or over rounds where there is one process.
    func throughputMetric(_ name: String, labels: Labels) -> Metric {
        let rates = rates
        guard isMeasured, !rates.isEmpty else {
            let reason =
                outcome != .completed
                ? outcome.description : searches.isEmpty ? "its workers never ran together" : unheld
            return Metric(name, unavailable: reason, unit: .itemsPerSecond, labels: labels)
        }
        let nested = rates.count > 1 ? rates.map { [$0] } : [rates[0].map { [$0] }]
        let interval = HierarchicalBootstrap(of: nested, seed: 1)?.interval
        return Metric(
            name, throughput, .itemsPerSecond,
            interval: interval.map {
                Interval(lower: max(0, $0.lower), upper: $0.upper, level: $0.level, method: $0.method)
            }, count: runs.count, labels: labels)
    }
}

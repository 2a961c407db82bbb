import Engines
import Measurement
import Records

/// The units of stability that are not everyone's.
enum StabilityUnit {
    /// Units in the last place.
    static let ulp = MetricUnit(rawValue: "ULP")
    /// Labels that flip, of ten thousand samples.
    static let flips = MetricUnit(rawValue: "per 10,000")
}

/// The numbers of a study of stability.
struct StabilityMetrics {
    let findings: StabilityFindings

    var all: [Metric] {
        findings.completed.flatMap { ofRuns($0) + ofDifference($0) + ofTimes($0) } + spreads
            + findings.partings.flatMap(ofParting)
    }

    /// Whether a cell gave the same bits whenever it ran.
    private func ofRuns(_ cell: StabilityCell) -> [Metric] {
        [
            ("stability.repeats.differing", cell.repeated), ("stability.processes.differing", cell.restarted),
        ].compactMap { name, comparison in
            guard comparison.samples > 0 else { return nil }
            return Metric(
                name, Double(comparison.samples - comparison.identical), .count, count: comparison.samples,
                labels: cell.labels)
        }
    }

    /// How far a cell is from the reference.
    private func ofDifference(_ cell: StabilityCell) -> [Metric] {
        guard let comparison = cell.comparison, comparison.samples > 0 else { return [] }
        let (labels, count) = (cell.labels, comparison.samples)
        var metrics = [
            Metric(
                "stability.identical", Double(comparison.identical) / Double(count), .fraction,
                interval: ProportionInterval.wilson(successes: comparison.identical, trials: count), count: count,
                labels: labels),
            Metric("stability.difference", comparison.distance, .number, count: count, labels: labels),
            Metric("stability.beyond", Double(comparison.beyond), .count, count: count, labels: labels),
        ]
        for units in comparison.units.values.sorted(by: { $0.elementType < $1.elementType }) {
            metrics.append(
                Metric(
                    "stability.ulp", Double(units.units), StabilityUnit.ulp, count: count,
                    labels: labels.merging(["type": units.elementType]) { $1 }))
        }
        return metrics + flips(comparison, labels)
    }

    private func flips(_ comparison: CellComparison, _ labels: Labels) -> [Metric] {
        guard comparison.labelled > 0 else { return [] }
        let (flips, samples) = (comparison.flips.count, comparison.labelled)
        let interval = ProportionInterval.wilson(successes: flips, trials: samples)
        let rate = Metric(
            "stability.flips.rate", Double(flips) * 10_000 / Double(samples), StabilityUnit.flips,
            interval: Interval(
                lower: interval.lower * 10_000, upper: interval.upper * 10_000, level: interval.level,
                method: interval.method), count: samples, labels: labels)
        let classes = comparison.classes.filter { $0.value.flips > 0 }.sorted { $0.key < $1.key }.map { name, count in
            Metric(
                "stability.flips.class", Double(count.flips), .count, count: count.samples,
                labels: labels.merging([Label.category: name]) { $1 })
        }
        return [Metric("stability.flips", Double(flips), .count, count: samples, labels: labels), rate] + classes
    }

    private func ofTimes(_ cell: StabilityCell) -> [Metric] {
        let runs = cell.timing.inTurn.flatMap(\.self).map(Double.init)
        guard !runs.isEmpty else { return [] }
        var metrics: [Metric] = []
        if let estimate = QuantileEstimate(0.5, ofSeries: runs) {
            metrics.append(
                Metric(
                    "stability.time", estimate.value, .nanoseconds, interval: estimate.interval, count: runs.count,
                    labels: cell.labels))
        } else if let median = cell.timing.median {
            metrics.append(Metric("stability.time", median, .nanoseconds, count: runs.count, labels: cell.labels))
        }
        if let first = cell.timing.first {
            metrics.append(Metric("stability.time.first", Double(first), .nanoseconds, count: 1, labels: cell.labels))
        }
        return metrics
    }

    /// How many times as long an item takes in the slowest cell as in the fastest.
    private var spreads: [Metric] {
        let model = findings.names.first ?? ""
        let stacks = findings.stacks.indices.map { index in
            (
                [Label.model: model, Label.stack: findings.stacks[index].title],
                findings.completed.filter { $0.configuration.setting.stack == index }
            )
        }
        return ([([Label.model: model], findings.completed)] + (stacks.count > 1 ? stacks : [])).compactMap {
            labels, cells in
            let times = cells.compactMap(\.timeOfItem).filter { $0 > 0 }
            guard times.count > 1, let most = times.max(), let least = times.min() else { return nil }
            return Metric(
                "stability.time.spread", most / least, .ratio, count: times.count, labels: labels, varies: true)
        }
    }

    private func ofParting(_ parting: NodeParting) -> [Metric] {
        [("bits", parting.bits), ("tolerance", parting.beyond)].compactMap { kind, place in
            guard let place else { return nil }
            return Metric(
                "stability.first-node", Double(place.index + 1), .count, count: parting.nodes,
                labels: parting.labels.merging([
                    "beyond": kind, "node": place.node, "operator": place.operatorType, "value": place.value,
                ]) { $1 })
        }
    }
}

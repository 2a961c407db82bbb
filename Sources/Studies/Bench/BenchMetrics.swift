import Engines
import Measurement
import Records

/// The numbers of a benchmark.
struct BenchMetrics {
    let findings: BenchFindings
    let spec: BenchSpec

    var all: [Metric] {
        times + geometricMeans + footprints + footprintMeans + agreements + roofline + denormals + threads
            + activations
    }

    // MARK: Time

    private var times: [Metric] {
        findings.cells.flatMap { cell in
            cell.entries.map { time($0, cell) } + [ratio(cell)].compactMap(\.self)
        }
    }

    private func time(_ entry: BenchCell.Entry, _ cell: BenchCell) -> Metric {
        let labels = cell.labels.merging([Label.stack: entry.title]) { $1 }
        let samples = entry.rounds.flatMap(\.self)
        guard entry.outcome == .completed, let estimate = QuantileEstimate(0.5, of: samples) else {
            let reason = entry.outcome == .completed ? "too few runs" : entry.outcome.description
            return Metric("time.run", unavailable: reason, unit: .nanoseconds, labels: labels)
        }
        return Metric(
            "time.run", estimate.value, .nanoseconds, interval: estimate.interval, count: samples.count, labels: labels)
    }

    /// The time of the engine under test over that of the faster of the others, on the same model.
    private func ratio(_ cell: BenchCell) -> Metric? {
        guard cell.entries.count > 1 else { return nil }
        guard let against = cell.against else {
            return Metric(
                "time.ratio", unavailable: "it takes this engine and a peer", unit: .ratio, labels: cell.labels)
        }
        return Metric(
            "time.ratio", against.ratio.value, .ratio, interval: against.ratio.interval, count: against.ratio.count,
            labels: cell.labels, varies: true)
    }

    private var geometricMeans: [Metric] {
        var metrics: [Metric] = []
        for group in BenchModel.Group.allCases where group != .other {
            for threads in spec.threads {
                for batch in spec.batches {
                    let cells = findings.cells.filter {
                        $0.variant.model.group == group && $0.threads == threads && $0.variant.batch == batch
                    }
                    let labels = [
                        "group": group.rawValue, Label.threads: String(threads), Label.batch: String(batch),
                    ]
                    metrics += mean("time.geomean", cells.map(\.against?.ratio), labels)
                }
            }
        }
        return metrics
    }

    /// The mean of ratios; unavailable where one is missing, so that what does not run flatters nobody.
    private func mean(_ name: String, _ ratios: [RatioOfMedians?], _ labels: Labels) -> [Metric] {
        guard ratios.count > 1 else { return [] }
        let known = ratios.compactMap(\.self)
        guard known.count == ratios.count else {
            return [
                Metric(
                    name, unavailable: "\(ratios.count - known.count) of \(ratios.count) models have no ratio",
                    unit: .ratio, labels: labels)
            ]
        }
        let mean = GeometricMean(of: known)
        return [
            Metric(
                name, mean.value, .ratio, interval: mean.interval, count: mean.count, labels: labels, varies: true)
        ]
    }

    // MARK: Load time and memory

    private static let footprintKinds: [(metric: String, ratio: String, mean: String, unit: MetricUnit)] = [
        ("load.time", "load.ratio", "load.geomean", .nanoseconds),
        ("load.first", "first.ratio", "first.geomean", .nanoseconds),
        ("memory.peak", "memory.ratio", "memory.geomean", .bytes),
    ]

    private var footprints: [Metric] {
        guard spec.parts.contains(.load) else { return [] }
        return findings.fresh.filter { $0.variant.batch == spec.batches.first }.flatMap { report in
            Self.footprintKinds.flatMap { kind in
                report.entries.map { entry -> Metric in
                    let labels = report.variant.labels.merging([Label.stack: entry.title]) { $1 }
                    let values = entry.values(kind.metric)
                    guard let median = Selection.median(of: values), entry.outcome == .completed else {
                        return Metric(
                            kind.metric, unavailable: entry.outcome.description, unit: kind.unit, labels: labels)
                    }
                    return Metric(
                        kind.metric, median, kind.unit, interval: QuantileEstimate(0.5, of: values)?.interval,
                        count: values.count, labels: labels)
                } + [footprintRatio(report, kind.metric, kind.ratio)].compactMap(\.self)
            }
        }
    }

    private func footprintRatio(_ report: FreshPass.Report, _ metric: String, _ name: String) -> Metric? {
        guard report.entries.count > 1 else { return nil }
        guard let ratio = report.against(metric)?.ratio else {
            return Metric(
                name, unavailable: "it takes this engine and a peer", unit: .ratio, labels: report.variant.labels)
        }
        return Metric(
            name, ratio.value, .ratio, interval: ratio.interval, count: ratio.count, labels: report.variant.labels,
            varies: true)
    }

    private var footprintMeans: [Metric] {
        guard spec.parts.contains(.load), findings.stacks.count > 1 else { return [] }
        let reports = findings.fresh.filter { $0.variant.batch == spec.batches.first }
        return Self.footprintKinds.flatMap { kind in
            mean(kind.mean, reports.map { $0.against(kind.metric)?.ratio }, [:])
        }
    }

    // MARK: Outputs

    private var agreements: [Metric] {
        guard spec.parts.contains(.agreement) else { return [] }
        return findings.fresh.flatMap { report in
            report.entries.indices.filter { $0 != findings.reference }.flatMap { agreement(report, $0) }
        }
    }

    private func agreement(_ report: FreshPass.Report, _ index: Int) -> [Metric] {
        let entry = report.entries[index]
        var labels = report.variant.labels.merging([Label.stack: entry.title]) { $1 }
        labels["engine"] = findings.stacks[index].request.engine
        labels["arithmetic"] = report.variant.model.isQuantized ? "int8" : "f32"
        let compared = OutputAgreement(entry, reference: report.entries[findings.reference])
        guard let distance = compared.distance else {
            return [
                Metric("agreement.outputs", unavailable: compared.obstacle, unit: .number, labels: labels)
            ]
        }
        return [
            Metric("agreement.outputs", distance, .number, count: compared.items, labels: labels),
            Metric(
                "agreement.labels.differing", Double(compared.differingLabels), .count, count: compared.labels,
                labels: labels),
            Metric(
                "agreement.bits.differing", Double(entry.otherBits), .count, count: entry.loads.count, labels: labels),
        ]
    }
}

extension BenchCell {
    /// The engine under test against the faster of its peers; `nil` where either is missing.
    var against: AgainstBest? {
        guard entries.first?.outcome == .completed else { return nil }
        return AgainstBest(entries.map { $0.outcome == .completed ? $0.rounds : [] })
    }
}

extension FreshPass.Report {
    /// The engine under test against the better of its peers in one figure.
    func against(_ metric: String) -> AgainstBest? {
        AgainstBest(entries.map { $0.outcome == .completed ? $0.values(metric).map { [$0] } : [] })
    }
}

extension FreshPass.Entry {
    /// The raw numbers behind a metric, one a worker.
    func values(_ metric: String) -> [Int64] {
        switch metric {
        case "load.time": loads
        case "load.first": firsts
        default: peaks
        }
    }
}

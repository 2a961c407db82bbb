import Engines
import Measurement
import Records

extension BenchMetrics {
    /// Peaks of the machine, and what share of the roofline each engine reaches.
    var roofline: [Metric] {
        findings.peaks.sorted { $0.key < $1.key }.flatMap { threads, peaks in
            let labels = [Label.threads: String(threads)]
            return [
                peak("peak.float", peaks.float, .flopPerSecond, labels, "the processor has no loop for it"),
                peak(
                    "peak.integer", peaks.integer, .flopPerSecond, labels, "the processor has no dot product of bytes"),
                peak("peak.stream", peaks.stream, .bytesPerSecond, labels, "there is not so much memory"),
            ]
        } + findings.cells.flatMap(fractions)
    }

    private func peak(
        _ name: String, _ peak: PeakJob.Peak?, _ unit: MetricUnit, _ labels: Labels, _ reason: String
    ) -> Metric {
        guard let peak else { return Metric(name, unavailable: reason, unit: unit, labels: labels) }
        return Metric(
            name, peak.best, unit,
            interval: Interval(lower: peak.least, upper: peak.best, level: 1, method: "range-of-trials"),
            count: peak.trials, labels: labels)
    }

    private func fractions(_ cell: BenchCell) -> [Metric] {
        guard let peaks = findings.peaks[cell.threads], let cost = cell.variant.cost,
            let bound = Roofline(peaks: peaks).nanoseconds(cost)
        else { return [] }
        return [Metric("roofline.time", bound, .nanoseconds, labels: cell.labels, modelled: true)]
            + cell.entries.compactMap { entry in
                Selection.median(of: entry.rounds.flatMap(\.self)).map { median in
                    Metric(
                        "roofline.fraction", bound / median, .fraction, count: entry.rounds.count,
                        labels: cell.labels.merging([Label.stack: entry.title]) { $1 }, modelled: true, varies: true)
                }
            }
    }

    /// Time on denormal inputs over that on normal ones.
    var denormals: [Metric] {
        findings.denormals.map { entry in
            let labels = [
                Label.model: entry.model, Label.stack: entry.stack, "engine": entry.engine, "denormals": entry.words,
            ]
            guard entry.outcome == .completed else {
                return Metric(
                    "denormals.ratio", unavailable: entry.outcome.description, unit: .ratio, labels: labels)
            }
            let ratio = entry.ratio
            return Metric(
                "denormals.ratio", ratio.value, .ratio, interval: ratio.interval, count: ratio.count, labels: labels,
                varies: true)
        }
    }

    /// Whether the number of threads is obeyed.
    var threads: [Metric] {
        findings.threads.flatMap { entry -> [Metric] in
            let labels = [Label.model: entry.model, Label.threads: String(entry.threads)]
            guard entry.outcome == .completed else {
                return [
                    Metric("threads.busy", unavailable: entry.outcome.description, unit: .number, labels: labels)
                ]
            }
            let excess = entry.busy.map { $0 / Double(entry.threads) }
            return [
                entry.busy.map { Metric("threads.busy", $0, .number, labels: labels, varies: true) },
                excess.map { Metric("threads.share", $0, .fraction, labels: labels, varies: true) },
                entry.processThreads.map { Metric("threads.process", Double($0), .count, labels: labels) },
                entry.idle.map { Metric("threads.idle", $0, .fraction, labels: labels, varies: true) },
                Metric(
                    "threads.bits.differing", Double(entry.otherBits), .count, count: entry.runs, labels: labels),
            ].compactMap(\.self)
        }
    }

    /// The range of activations in the models with random weights.
    var activations: [Metric] {
        findings.activations.flatMap { report -> [Metric] in
            let labels = [Label.model: report.model]
            guard report.outcome == .completed, report.layers > 0 else {
                return [
                    Metric("activations.least", unavailable: report.outcome.description, unit: .number, labels: labels)
                ]
            }
            return [
                Metric("activations.least", report.least, .number, count: report.layers, labels: labels),
                Metric("activations.largest", report.largest, .number, count: report.layers, labels: labels),
            ]
        }
    }
}

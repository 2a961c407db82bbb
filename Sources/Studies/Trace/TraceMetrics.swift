import Measurement
import Records
import Timelines

/// The numbers of a trace: each is taken from the shallowest level that contains it, which its label names.
struct TraceMetrics {
    let findings: TraceFindings

    var all: [Metric] {
        findings.stacks.indices.flatMap { stack -> [Metric] in
            [ledger(stack), application(stack), layers(stack), calls(stack), counters(stack), energy(stack)]
                .flatMap(\.self)
        }
    }

    private func labels(_ stack: Int, _ level: Timeline.Level, _ more: Labels = [:]) -> Labels {
        var labels: Labels = [Label.stack: findings.stacks[stack].title, "level": level.rawValue]
        labels.merge(more) { $1 }
        return labels
    }

    private func metric(_ name: String, _ quantity: Quantity, _ labels: Labels, varies: Bool? = nil) -> Metric {
        Metric(
            name, quantity.value, quantity.unit, interval: quantity.interval, count: quantity.count, labels: labels,
            varies: varies)
    }

    /// The latency from the level of the model, and of every level how much longer its runs take.
    private func ledger(_ index: Int) -> [Metric] {
        let stack = findings.stacks[index]
        return stack.levels.flatMap { runs -> [Metric] in
            let labels = labels(index, runs.level)
            if runs.level == .model {
                guard let median = runs.times.median else {
                    return [
                        Metric(
                            "latency.median", unavailable: "\(stack.outcome)", unit: .nanoseconds, labels: labels)
                    ]
                }
                return [metric("latency.median", median, labels)]
            }
            guard let overhead = stack.overhead(of: runs.level), let time = runs.times.median else {
                let reason = runs.unavailable ?? "there were no runs to compare"
                return [Metric("overhead", unavailable: reason, unit: .ratio, labels: labels)]
            }
            return [
                metric("overhead", overhead, labels, varies: true), metric("run.time", time, labels),
            ]
        }
    }

    private func application(_ index: Int) -> [Metric] {
        guard let runs = findings.stacks[index][.application], runs.isAvailable else { return [] }
        let present = Set(runs.samples.joined().joined().flatMap { $0.steps.map(\.kind) })
        return ApplicationSample.Step.Kind.allCases.filter { $0 != .run && present.contains($0) }.compactMap { kind in
            let medians = runs.samples.map { rounds in
                rounds.compactMap { Selection.median(of: $0.map { $0.time(kind) }) }
            }
            return NestedTimes.time(medians, count: runs.times.count).map {
                metric("step.time", $0, labels(index, .application, ["step": kind.rawValue]))
            }
        }
    }

    private func layers(_ index: Int) -> [Metric] {
        guard let side = findings.sides[index] else { return [] }
        let times = side.times
        let layers = findings.timedLayers(of: index)
        return [
            Metric(
                "layers.time", times.steps.nanoseconds, .nanoseconds, interval: times.steps.interval,
                count: times.runCount, labels: labels(index, .layer)),
            Metric("layers.attributed", times.attributed, .fraction, labels: labels(index, .layer), varies: true),
            Metric("layers.covered", times.covered, .fraction, labels: labels(index, .layer), varies: true),
            findings.outside(of: index).map {
                metric("layers.outside", $0, labels(index, .layer), varies: true)
            }
                ?? Metric(
                    "layers.outside", unavailable: TraceFindings.overlap, unit: .fraction,
                    labels: labels(index, .layer)),
        ]
            + layers.sorted { $0.group < $1.group }.flatMap { timed -> [Metric] in
                let labels = labels(
                    index, .layer, ["layer": timed.title, "type": timed.type, "group": String(timed.group)])
                return [
                    metric("layer.time", timed.time, labels), metric("layer.share", timed.share, labels, varies: true),
                ]
            }
    }

    private func calls(_ index: Int) -> [Metric] {
        guard let runs = findings.stacks[index][.library], runs.isAvailable else { return [] }
        return runs.calls.kinds.enumerated().flatMap { place, kind -> [Metric] in
            let labels = labels(index, .library, ["call": kind.kind, "implementation": kind.implementation])
            guard let time = runs.calls.time(of: place) else { return [] }
            return [
                metric("call.time", time, labels),
                Metric("call.count", runs.calls.calls(of: place), .number, labels: labels),
            ]
        }
    }

    private func counters(_ index: Int) -> [Metric] {
        [Timeline.Level.system, .hardware].flatMap { level -> [Metric] in
            (findings.stacks[index][level]?.counters ?? []).map { rounds in
                let name = "counter.\(rounds.counter.name)"
                let labels = labels(index, level)
                guard let quantity = rounds.quantity else {
                    return Metric(
                        name, unavailable: rounds.unavailable ?? "", unit: rounds.counter.unit, labels: labels)
                }
                return metric(name, quantity, labels, varies: true)
            }
        }
    }

    /// Energy of a run where a counter gave a real reading; else modelled from a given power, and said to be; else not.
    private func energy(_ index: Int) -> [Metric] {
        guard let runs = findings.stacks[index][.hardware] else { return [] }
        var metrics: [Metric] = []
        if let (value, interval) = NestedTimes.mean(runs.energy) {
            metrics.append(
                Metric("energy.run", value, .joules, interval: interval, labels: labels(index, .hardware)))
        } else {
            metrics.append(
                Metric(
                    "energy.run", unavailable: runs.energyUnavailable ?? "nothing ran", unit: .joules,
                    labels: labels(index, .hardware)))
        }
        if let power = findings.spec.power, let median = findings.stacks[index][.model]?.times.median {
            let interval = median.interval.map {
                Interval(
                    lower: $0.lower * power / 1e9, upper: $0.upper * power / 1e9, level: $0.level, method: $0.method)
            }
            metrics.append(
                Metric(
                    "energy.run", median.value * power / 1e9, .joules, interval: interval,
                    labels: labels(index, .model), modelled: true, varies: true))
        }
        return metrics
    }
}

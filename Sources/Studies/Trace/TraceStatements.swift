import Records
import Timelines

/// What a trace found, in sentences that each rest on a number of its record: answers to why a model is not faster.
struct TraceStatements {
    let findings: TraceFindings
    let record: Record

    /// How many layers are named.
    private static let named = 3

    /// For each stack the layers that take longest, what lies outside of layers, and what looking cost.
    var all: [Verdict] {
        findings.stacks.indices.flatMap { stack in
            [longest(stack), outside(stack), ledger(stack)].compactMap(\.self)
        }
    }

    /// Whether the interval of a ratio is narrower than the ratio: a wider one tells nothing.
    private static func isTold(_ ratio: Quantity) -> Bool {
        ratio.interval.map { $0.upper - $0.lower < ratio.value } ?? false
    }

    private func verdict(_ stack: Int, _ statement: String, isTold: Bool, _ metric: String, _ labels: Labels) -> Verdict
    {
        let title = findings.stacks[stack].title
        let labels = labels.merging([Label.stack: title]) { $1 }
        return Verdict(
            .why, subject: title, statement, isTold ? .holds : .unknown, metric: record.metric(metric, labels),
            record: record.id)
    }

    /// The layers that take longest with their shares; told where the evidence parts the first from the next.
    ///
    /// Shares are of one run's time, so that what slows a whole run down is not in them.
    private func longest(_ stack: Int) -> Verdict? {
        let layers = findings.timedLayers(of: stack).sorted {
            ($1.share.value, $0.group) < ($0.share.value, $1.group)
        }
        guard let first = layers.first else { return nil }
        let chosen = layers.prefix(Self.named)
        let words = chosen.map { "\($0.title) (\($0.type)) \($0.share.unit.format($0.share.value, $0.share.interval))" }
        let together = MetricUnit.fraction.format(chosen.reduce(0) { $0 + $1.share.value })
        let isTold =
            layers.count == 1
            || first.share.interval.flatMap { own in layers[1].share.interval.map { own.lower > $0.upper } } ?? false
        let statement =
            layers.count == 1
            ? "its one layer is \(words[0]) of its steps' time"
            : "of \(layers.count) layers \(words.joined(separator: ", ")) take longest"
                + (chosen.count > 1 ? ", together \(together) of the time of all" : "")
        return verdict(
            stack, statement, isTold: isTold, "layer.share", ["level": "layer", "group": String(first.group)])
    }

    /// What the engine does between its layers.
    private func outside(_ stack: Int) -> Verdict? {
        guard findings.sides[stack] != nil else { return nil }
        let labels: Labels = ["level": "layer"]
        guard let share = findings.outside(of: stack) else {
            return verdict(
                stack, "how much of a run lies outside of its layers cannot be told: \(TraceFindings.overlap)",
                isTold: false, "layers.outside", labels)
        }
        let words = share.unit.format(share.value, share.interval)
        return verdict(
            stack,
            "\(words) of a profiled run lies outside of its layers: what the engine does between them, and its profiler",
            isTold: share.interval.map { $0.upper - $0.lower < 0.5 } ?? false, "layers.outside", labels)
    }

    /// How much longer a run takes where each level is watched: what the profiler itself costs comes first.
    private func ledger(_ stack: Int) -> Verdict? {
        let traced = findings.stacks[stack]
        let costs = traced.levels.compactMap { runs -> (level: Timeline.Level, cost: Quantity)? in
            guard let words = runs.level.watched, !words.isEmpty else { return nil }
            return traced.overhead(of: runs.level).map { (runs.level, $0) }
        }
        guard let first = costs.first else { return nil }
        let words = costs.map { entry in
            "\(entry.level.watched ?? "") \(entry.cost.unit.format(entry.cost.value, entry.cost.interval))"
        }
        return verdict(
            stack, "a run's time over that of one that nobody watches: \(words.joined(separator: ", "))",
            isTold: costs.allSatisfy { Self.isTold($0.cost) }, "overhead", ["level": first.level.rawValue])
    }
}

extension Timeline.Level {
    /// What is watched at a level that costs something to look at; `nil` where nothing is.
    fileprivate var watched: String? {
        switch self {
        case .application, .model: nil
        case .layer: "at its layers"
        case .library: "at calls of the library"
        case .system: "at counters of the system"
        case .hardware: "at counters of the processor"
        }
    }
}

import Measurement
import Records
import Timelines

/// What there is to look at in a trace.
struct TraceExhibits {
    let findings: TraceFindings

    var all: [Exhibit] {
        var exhibits = [ledger]
        if let application { exhibits.append(application) }
        exhibits += layers
        if let calls { exhibits.append(calls) }
        if let counters { exhibits.append(counters) }
        let drawings = TraceDrawings(findings: findings)
        return exhibits + drawings.all
    }

    private var stacks: [TracedStack] { findings.stacks }

    // MARK: - Ledger

    /// What is taken from the runs of a level, and from no deeper one.
    private static func taken(from level: Timeline.Level) -> String {
        switch level {
        case .application: "decode, pre-process, transfer, post-process"
        case .model: "latency"
        case .layer: "times of layers"
        case .library: "calls of kernels"
        case .system: "faults, switches, waiting"
        case .hardware: "cycles, misses, energy"
        }
    }

    private var ledger: Exhibit {
        let columns = [
            Table.Column("Level"), .init("Stack"), .init("Run", .right), .init("Over the model's", .right),
            .init("Taken from it"),
        ]
        let rows = findings.spec.watched.flatMap { level in
            stacks.map { stack -> [Cell] in
                let runs = stack[level]
                let time = runs?.times.median
                let isAvailable = runs?.isAvailable ?? false
                let reason = runs?.unavailable ?? "\(stack.outcome)"
                return [
                    .text(level.rawValue), .text(stack.title),
                    isAvailable ? time.map { .quantity($0) } ?? .missing("") : .missing(reason),
                    level == .model && isAvailable
                        ? "1" : stack.overhead(of: level).map { .quantity($0) } ?? .missing(""),
                    .text(isAvailable ? Self.taken(from: level) : ""),
                ]
            }
        }
        return Exhibit(
            "ledger", title: "What looking at each level costs",
            caption:
                "Every level was watched in runs of its own, which took turns with those that nothing watches: the "
                + "model's. A quantity is taken from the shallowest level that contains it; times of different levels do "
                + "not add up. Intervals are at 95 %.", question: .why, varies: true,
            .table(Table(columns: columns, rows: rows)))
    }

    // MARK: - Application

    private var application: Exhibit? {
        let chosen = stacks.filter { $0[.application]?.isAvailable ?? false }
        guard !chosen.isEmpty else { return nil }
        let kinds = ApplicationSample.Step.Kind.allCases.filter { kind in
            chosen.contains { stack in
                stack[.application]?.samples.joined().joined().contains { $0.steps.contains { $0.kind == kind } }
                    ?? false
            }
        }
        let series = chosen.map { stack in
            BarChart.Series(
                stack.title,
                kinds.map { kind in
                    let medians = (stack[.application]?.samples ?? []).map { rounds in
                        rounds.compactMap { Selection.median(of: $0.map { $0.time(kind) }) }
                    }
                    return NestedTimes.time(medians, count: stack[.application]?.times.count ?? 0)
                })
        }
        return Exhibit(
            "application", title: "From a sample to an answer",
            caption: (findings.hasData
                ? "Samples of the data, one after the other: "
                : "Random inputs, since no data was given, one sample after the other: ")
                + "each run follows work of another kind, and so finds other things in the caches than the model's level.",
            question: .why,
            .bars(BarChart(categories: kinds.map(\.rawValue), axis: Axis("Time", .nanoseconds), series: series)))
    }

    // MARK: - Layers

    private var layers: [Exhibit] {
        let sides = findings.sides.compactMap(\.self)
        guard !sides.isEmpty else { return [] }
        let comparison = LayerComparison(sides)
        let tables = LayerExhibits(comparison, limit: 20)
        var exhibits = [types]
        if sides.count > 1 {
            exhibits.append(
                Exhibit(
                    "engines-by-layer", title: "The same nodes on each engine",
                    caption: "The smallest parts of the model that no engine's layer reaches out of, in its order; the "
                        + "twenty that take longest.", question: .why, varies: true, .table(tables.sideBySide)))
        }
        exhibits += sides.map { side in
            Exhibit(
                "layers-\(side.title)", title: "Layers of \(side.title), longest first",
                caption: "Times in a run at the level of layers; the share is of all steps' time.", question: .why,
                varies: true, .table(tables.profile(of: side)))
        }
        return exhibits + [
            Exhibit(
                "coverage", title: "What became of the model's nodes",
                caption: "How many nodes were found in an engine's steps, and how much of its time belongs to them.",
                question: .why, varies: true, .table(tables.coverage))
        ]
    }

    /// Times by operator, all stacks beside each other.
    private var types: Exhibit {
        let chosen = stacks.indices.filter { findings.sides[$0] != nil }
        var totals: [String: [Int: Double]] = [:]
        for stack in chosen {
            for timed in findings.timedLayers(of: stack) {
                totals[timed.type, default: [:]][stack, default: 0] += timed.time.value
            }
            let rearranged = findings.sides[stack]?.times.rearrangements.nanoseconds ?? 0
            if rearranged > 0 { totals["rearrangement", default: [:]][stack] = rearranged }
        }
        let order = totals.keys.sorted { left, right in
            let (a, b) = (totals[left]?.values.max() ?? 0, totals[right]?.values.max() ?? 0)
            return a == b ? left < right : a > b
        }
        let shown = Array(order.prefix(12))
        let series = chosen.map { stack in
            BarChart.Series(
                stacks[stack].title, shown.map { type in totals[type]?[stack].map { Quantity($0, .nanoseconds) } })
        }
        return Exhibit(
            "types", title: "Time by operator",
            caption: (order.count > 12 ? "The twelve that take longest, of \(order.count). " : "")
                + "What an engine fuses stands together; rearrangements are its own.", question: .why, varies: true,
            .bars(BarChart(categories: shown, axis: Axis("Time", .nanoseconds), series: series)))
    }

    // MARK: - Library

    private var calls: Exhibit? {
        var rows: [[Cell]] = []
        for stack in stacks {
            guard let runs = stack[.library], runs.isAvailable else { continue }
            let times = runs.calls.kinds.indices.map { runs.calls.time(of: $0) }
            let total = times.reduce(0) { $0 + ($1?.value ?? 0) }
            let order = times.indices.sorted { (times[$0]?.value ?? 0) > (times[$1]?.value ?? 0) }
            for place in order.prefix(20) {
                guard let time = times[place] else { continue }
                let kind = runs.calls.kinds[place]
                rows.append([
                    .text(stack.title), .text(kind.kind), .text(kind.implementation),
                    .quantity(Quantity(runs.calls.calls(of: place), .number)), .quantity(time),
                    total > 0 ? .quantity(Quantity(time.value / total, .fraction)) : .missing(""),
                ])
            }
        }
        guard !rows.isEmpty else { return nil }
        return Exhibit(
            "calls", title: "Calls of the library of kernels",
            caption: "As oneDNN's verbose output tells them, for a run; the share is of all calls' time.",
            question: .why, varies: true,
            .table(
                Table(
                    columns: [
                        .init("Stack"), .init("Primitive"), .init("Implementation"), .init("Calls", .right),
                        .init("Time", .right), .init("Share", .right),
                    ], rows: rows)))
    }

    // MARK: - Counters

    private var counters: Exhibit? {
        let rows = [Timeline.Level.system, .hardware].flatMap { counterRows($0) }
        guard !rows.isEmpty else { return nil }
        return Exhibit(
            "counters", title: "What the system and the processor counted for a run",
            caption: "Means of a run with what reading the counters costs taken off.", question: .why, varies: true,
            .table(
                Table(
                    columns: [.init("Level"), .init("Counter")] + stacks.map { .init($0.title, .right) }
                        + [.init("Source")], rows: rows)))
    }

    private func counterRows(_ level: Timeline.Level) -> [[Cell]] {
        let counters = stacks.flatMap { $0[level]?.counters.map(\.counter) ?? [] }
            .reduce(into: [CounterDescription]()) { known, counter in
                if !known.contains(where: { $0.name == counter.name }) { known.append(counter) }
            }
        var rows: [[Cell]] = []
        // Counters that no stack has stand together under the reason.
        var missing: [(reason: String, titles: [String])] = []
        for counter in counters {
            let rounds = stacks.map { stack in stack[level]?.counters.first { $0.counter.name == counter.name } }
            if let source = rounds.lazy.compactMap(\.self).first(where: { $0.quantity != nil })?.counter.source {
                rows.append([.text(level.rawValue), .text(counter.title)] + rounds.map { cell($0) } + [.text(source)])
                continue
            }
            let reason = rounds.lazy.compactMap { $0?.unavailable }.first ?? "nothing ran"
            if let place = missing.firstIndex(where: { $0.reason == reason }) {
                missing[place].titles.append(counter.title)
            } else {
                missing.append((reason, [counter.title]))
            }
        }
        if level == .hardware, findings.spec.watched.contains(.hardware) {
            let energies = stacks.map { NestedTimes.mean($0[.hardware]?.energy ?? []) }
            let runs = stacks.lazy.compactMap { $0[.hardware] }
            if energies.contains(where: { $0 != nil }) {
                let cells = energies.map { energy -> Cell in
                    energy.map { .quantity(Quantity($0.value, .joules, interval: $0.interval)) } ?? .missing("")
                }
                let source = runs.map(\.energySource).first { !$0.isEmpty } ?? ""
                rows.append(["hardware", "Energy of the package"] + cells + [.text(source)])
            } else if let reason = runs.compactMap(\.energyUnavailable).first {
                missing.append((reason, ["Energy of the package"]))
            }
        }
        return rows
            + missing.map { entry -> [Cell] in
                let titles =
                    entry.titles.count > 3
                    ? "\(entry.titles[0]), \(entry.titles[1]) and \(entry.titles.count - 2) more"
                    : entry.titles.joined(separator: ", ")
                return [.text(level.rawValue), .text(titles)] + stacks.map { _ in .missing("") }
                    + [.text("not available: \(entry.reason)")]
            }
    }

    private func cell(_ rounds: CounterRounds?) -> Cell {
        guard let rounds else { return .missing("") }
        return rounds.quantity.map { .quantity(Quantity($0.value, Self.shown($0.unit), interval: $0.interval)) }
            ?? .missing(rounds.unavailable ?? "")
    }

    /// Means of counts need not be whole.
    private static func shown(_ unit: MetricUnit) -> MetricUnit { unit == .count ? .number : unit }
}

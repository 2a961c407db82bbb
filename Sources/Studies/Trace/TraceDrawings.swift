import Engines
import Measurement
import Records
import Timelines

/// Flame graphs and timelines of each stack.
struct TraceDrawings {
    let findings: TraceFindings

    var all: [Exhibit] {
        findings.stacks.indices.flatMap { stack in [flame(stack), timeline(stack)].compactMap(\.self) }
    }

    // MARK: - Flame graph

    /// The run at the level of layers: operators, in them layers, widest first.
    private func flame(_ stack: Int) -> Exhibit? {
        let layers = findings.timedLayers(of: stack)
        guard !layers.isEmpty, let side = findings.sides[stack] else { return nil }
        let whole = max(side.times.run.nanoseconds, side.times.steps.nanoseconds)
        var order: [String] = []
        var members: [String: [TraceFindings.TimedLayer]] = [:]
        for timed in layers {
            if members[timed.type] == nil { order.append(timed.type) }
            members[timed.type, default: []].append(timed)
        }
        func total(_ type: String) -> Double { members[type]?.reduce(0) { $0 + $1.time.value } ?? 0 }
        order.sort { total($0) > total($1) }
        var frames = [
            FlameGraph.Frame("run", depth: 0, start: 0, value: whole, details: "at the level of layers")
        ]
        var start = 0.0
        for type in order {
            let inner = members[type] ?? []
            frames.append(
                .init(
                    type, kind: type, depth: 1, start: start, value: total(type),
                    details: inner.count == 1 ? "1 layer" : "\(inner.count) layers"))
            var place = start
            for timed in inner {
                frames.append(
                    .init(
                        timed.title, kind: type, depth: 2, start: place, value: timed.time.value,
                        details: timed.implementation))
                place += timed.time.value
            }
            start += total(type)
        }
        for (name, part) in [
            ("rearrangement", side.times.rearrangements), ("for no node", side.times.unclaimed),
        ] where part.nanoseconds > 0 {
            frames.append(
                .init(
                    name, kind: name, depth: 1, start: start, value: part.nanoseconds,
                    details: "the engine's own steps"))
            start += part.nanoseconds
        }
        let title = findings.stacks[stack].title
        let covered = whole > 0 ? start / whole : 0
        return Exhibit(
            "flame-\(title)", title: "Where a run of \(title) spends its time",
            caption: "Operators, and in them layers; widths are medians at the level of layers, which cover "
                + "\(MetricUnit.fraction.format(covered)) of the run there. Point at a frame, or reach it with the "
                + "keyboard, to read it in full.", question: .why, .flame(FlameGraph(frames: frames)))
    }

    // MARK: - Timeline

    /// The first run of every level, each in lanes of its own from its own beginning.
    private func timeline(_ stack: Int) -> Exhibit? {
        let traced = findings.stacks[stack]
        var lanes: [TimelineChart.Lane] = []
        for runs in traced.levels where runs.isAvailable {
            switch runs.level {
            case .application: lanes += application(runs)
            case .model: if let first = runs.first?.runs.first { lanes.append(run(first.duration, "model")) }
            case .layer: lanes += self.layers(runs, stack)
            case .library: lanes += library(runs)
            case .system, .hardware: break
            }
        }
        guard lanes.count > 1 else { return nil }
        return Exhibit(
            "timeline-\(traced.title)", title: "One run of each level on \(traced.title)",
            caption:
                "Each level is a run of its own and begins at its own zero: lengths in different lanes may be compared "
                + "only by the ledger." + order(traced), question: .why, .timeline(TimelineChart(lanes: lanes)))
    }

    /// What an engine without start times makes of the lane of layers.
    private func order(_ traced: TracedStack) -> String {
        guard let profiles = traced[.layer]?.profiles, !profiles.tellsStarts else { return "" }
        let repetitions = profiles.first?.runs.first?.repetitions ?? 1
        return " \(traced.title) tells how long its layers take"
            + (repetitions > 1 ? ", as means of \(repetitions) runs," : "")
            + " and not when they begin: they stand in its order, one after the other from the start of the run."
    }

    private func run(_ duration: Int64, _ lane: String) -> TimelineChart.Lane {
        TimelineChart.Lane(lane, [.init("run", kind: "run", start: 0, duration: Double(duration))])
    }

    private func application(_ runs: LevelRuns) -> [TimelineChart.Lane] {
        guard let sample = runs.samples.joined().joined().first else { return [] }
        let spans = sample.steps.filter { $0.duration > 0 }.map { step in
            TimelineChart.Span(
                step.name, kind: step.kind.rawValue, start: Double(step.start - sample.start),
                duration: Double(step.duration))
        }
        return [TimelineChart.Lane("application", spans)]
    }

    private func layers(_ runs: LevelRuns, _ stack: Int) -> [TimelineChart.Lane] {
        guard let profile = runs.profiles.first, let first = profile.runs.first, let whole = runs.first?.runs.first,
            let named = findings.layers[stack][.layer]
        else { return [] }
        let placed = PlacedLayer.all(in: first, of: profile, within: whole.duration)
            .filter { profile.steps[$0.step].parent == nil }
        let threads = Set(placed.map(\.thread)).sorted()
        let name = runs.profiles.tellsStarts ? "layers" : "layers, in order"
        return threads.map { thread in
            TimelineChart.Lane(
                threads.count > 1 ? "\(name), thread \(thread)" : name,
                placed.filter { $0.thread == thread }.map { layer in
                    TimelineChart.Span(
                        named.title(ofStep: layer.step), kind: named.type(ofStep: layer.step),
                        start: Double(layer.start), duration: Double(layer.duration))
                })
        }
    }

    private func library(_ runs: LevelRuns) -> [TimelineChart.Lane] {
        guard let first = runs.calls.first.first, first.contains(where: { $0.start != nil }) else { return [] }
        return [
            TimelineChart.Lane(
                "library",
                first.compactMap { call in
                    call.start.map {
                        TimelineChart.Span(
                            "\(call.kind), \(call.implementation)", kind: call.kind, start: Double($0),
                            duration: Double(call.duration))
                    }
                })
        ]
    }
}

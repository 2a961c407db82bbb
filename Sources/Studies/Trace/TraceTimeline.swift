import Engines
import Measurement
import Records
import Timelines

/// Puts the first turn of every level of every stack on one timeline.
///
/// Each level of each stack is a process of its own there, since each was a run of its own: spans of one process may be
/// compared with each other, and those of different ones only by the ledger. Times are nanoseconds of the Unix epoch.
struct TraceTimeline {
    let model: String
    let shown: Int
    /// What to add to this machine's raw monotonic clock for the time of the epoch.
    let epoch: Int64
    private(set) var timeline = Timeline()
    private var nextSpan: UInt64 = 1

    init(model: String, shown: Int, epoch: Int64) {
        self.model = model
        self.shown = shown
        self.epoch = epoch
    }

    /// Adds all levels of a stack that showed something.
    mutating func add(_ stack: TracedStack, number: Int, layers: [Timeline.Level: TracedLayers]) {
        for runs in stack.levels where runs.isAvailable {
            let process = Int64(10 * (number + 1) + runs.level.depth)
            declare(process, runs.level, of: stack)
            switch runs.level {
            case .application: addSamples(runs, process)
            case .model: addRuns(runs, process)
            case .layer, .library: addLayers(runs, process, layers[runs.level])
            case .system, .hardware: addCounters(runs, process)
            }
        }
    }

    private mutating func declare(_ process: Int64, _ level: Timeline.Level, of stack: TracedStack) {
        var attributes = [Timeline.Argument("level", .string(level.rawValue)), .init("model", .string(model))]
        if let identity = stack.identity {
            attributes += [
                .init("engine", .string(identity.name)), .init("engine.version", .string(identity.version)),
                .init("engine.build", .string(identity.build)),
            ]
        }
        if let threads = stack.options?.threads { attributes.append(.init("threads", .integer(Int64(threads)))) }
        if let overhead = stack.overhead(of: level) { attributes.append(.init("overhead", .number(overhead.value))) }
        // Viewers show the arguments of a span only when it is chosen, and the name of its process always.
        let note = stack[level]?.profiles.tellsStarts == false ? " (layers in order, without start times)" : ""
        timeline.processes.append(
            Timeline.Process(process, name: "\(stack.title), level \(level.rawValue)\(note)", attributes: attributes))
    }

    private mutating func track(_ process: Int64, _ thread: Int64, _ name: String) -> Timeline.TrackID {
        let track = Timeline.TrackID(process: process, thread: thread)
        if !timeline.tracks.contains(where: { $0.id == track }) {
            timeline.tracks.append(Timeline.Track(track, name: name))
        }
        return track
    }

    @discardableResult
    private mutating func span(
        _ name: String, _ level: Timeline.Level, category: String? = nil, kind: Timeline.Kind = .internal,
        parent: UInt64? = nil, on track: Timeline.TrackID, start: Int64, duration: Int64,
        _ arguments: [Timeline.Argument] = []
    ) -> UInt64 {
        let number = nextSpan
        nextSpan += 1
        timeline.spans.append(
            Timeline.Span(
                number, parent: parent, name: name, category: category, level: level, kind: kind, track: track,
                start: start, duration: max(0, duration), arguments: arguments))
        return number
    }

    private mutating func addSamples(_ runs: LevelRuns, _ process: Int64) {
        let coordinator = track(process, 0, "coordinator")
        let worker = track(process, 1, "worker")
        for sample in runs.samples.joined().joined().prefix(shown) {
            let whole = span(
                sample.name, .application, category: "sample", on: coordinator, start: sample.start + epoch,
                duration: sample.end - sample.start)
            for step in sample.steps {
                let isRun = step.kind == .run
                span(
                    step.name, isRun ? .model : .application, category: step.kind.rawValue,
                    kind: isRun ? .server : .internal, parent: whole, on: isRun ? worker : coordinator,
                    start: step.start + epoch, duration: step.duration)
            }
        }
    }

    private mutating func addRuns(_ runs: LevelRuns, _ process: Int64) {
        guard let first = runs.first else { return }
        let worker = track(process, 0, "worker")
        for (index, run) in first.runs.prefix(shown).enumerated() {
            span(
                "run", .model, on: worker, start: run.start + first.epoch, duration: run.duration,
                [.init("run", .integer(Int64(index)))])
        }
    }

    private mutating func addCounters(_ runs: LevelRuns, _ process: Int64) {
        addRuns(runs, process)
        guard let first = runs.first else { return }
        for series in first.counts where !series.values.isEmpty {
            let samples = zip(first.runs, series.values).prefix(shown).map { run, value in
                Timeline.Counter.Sample(time: run.end + first.epoch, value: value)
            }
            timeline.counters.append(
                Timeline.Counter(
                    series.counter.title, unit: series.counter.unit.rawValue, process: process, samples: samples))
        }
    }

    private mutating func addLayers(_ runs: LevelRuns, _ process: Int64, _ layers: TracedLayers?) {
        guard let first = runs.first else { return }
        let worker = track(process, 0, "worker")
        for (index, run) in first.runs.prefix(shown).enumerated() {
            let start = run.start + first.epoch
            let whole = span(
                "run", .model, on: worker, start: start, duration: run.duration,
                [.init("run", .integer(Int64(index)))])
            var placed: [PlacedLayer] = []
            if let profile = runs.profiles.first, profile.runs.indices.contains(index), let layers {
                placed = PlacedLayer.all(in: profile.runs[index], of: profile, within: run.duration)
                for place in placed.indices {
                    let around = profile.steps[placed[place].step].parent.flatMap { parent in
                        placed[..<place].last { $0.step == parent }?.span
                    }
                    add(&placed[place], profile, layers, process, within: around ?? whole, at: start)
                }
            }
            if runs.calls.first.indices.contains(index) {
                for call in runs.calls.first[index] { add(call, among: placed, worker, run: whole, at: start, run) }
            }
        }
    }

    private mutating func add(
        _ placed: inout PlacedLayer, _ profile: EngineProfile, _ layers: TracedLayers, _ process: Int64,
        within parent: UInt64, at start: Int64
    ) {
        let step = profile.steps[placed.step]
        var arguments = [Timeline.Argument("step", .string(step.name)), .init("kind", .string(step.kind))]
        if !step.implementation.isEmpty { arguments.append(.init("implementation", .string(step.implementation))) }
        if !step.nodes.isEmpty { arguments.append(.init("nodes", .array(step.nodes.map { .string($0) }))) }
        if placed.isInOrder { arguments.append(.placedInOrder) }
        if placed.repetitions > 1 {
            arguments.append(.init("duration", .string("mean of \(placed.repetitions) runs")))
        }
        let thread = Int64(placed.thread)
        placed.span = span(
            layers.title(ofStep: placed.step), .layer, category: layers.type(ofStep: placed.step), parent: parent,
            on: track(process, thread, thread == 0 ? "worker" : "thread \(thread)"), start: start + placed.start,
            duration: placed.duration, arguments)
    }

    /// A call belongs to the layer in the middle of whose time it lies; its stamp is only exact to a microsecond, so what
    /// stands out of the layer's interval is cut.
    ///
    /// Layers whose place is made up hold no call: it belongs to the run.
    private mutating func add(
        _ call: LibraryCall, among placed: [PlacedLayer], _ worker: Timeline.TrackID, run: UInt64, at start: Int64,
        _ whole: TraceJob.Run
    ) {
        guard let begin = call.start else { return }
        let middle = begin + call.duration / 2
        let layer = placed.last { !$0.isInOrder && $0.start <= middle && middle < $0.start + $0.duration }
        let (low, high) = layer.map { ($0.start, $0.start + $0.duration) } ?? (0, whole.duration)
        let from = min(max(begin, low), high)
        let to = min(max(begin + call.duration, from), high)
        var arguments = [Timeline.Argument("implementation", .string(call.implementation))]
        if !call.problem.isEmpty { arguments.append(.init("problem", .string(call.problem))) }
        span(
            call.kind, .library, category: call.kind, parent: layer?.span ?? run, on: worker, start: start + from,
            duration: to - from, arguments)
    }
}

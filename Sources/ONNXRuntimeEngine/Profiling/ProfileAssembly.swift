import Engines

/// Finds the step of each event, and gathers the events of each run.
///
/// The library records an event when it ends: those of a body before that of the node which runs it, and all nodes of a run
/// before the run. Within a run the main graph's nodes come in the order of the file that the library wrote.
struct ProfileAssembly {
    private var graph: ExecutedGraph
    private var profile = EngineProfile(resolution: 1000)
    /// The place in the main graph after the last event.
    private var place = 0
    /// How far the steps of the bodies of a step were walked.
    private var walked: [Int: Int] = [:]
    private var unknown: [String: Int] = [:]
    private var threads: [Int64: Int] = [:]
    private var spans: [EngineProfile.Span] = []

    init(_ graph: ExecutedGraph) { self.graph = graph }

    /// The profile of all runs.
    mutating func assemble(_ events: [TraceEvent]) -> EngineProfile {
        for event in events {
            switch event.kind {
            case .node: add(event)
            case .run: end(event)
            }
        }
        profile.steps = graph.steps
        profile.constants = graph.constants
        return profile
    }

    private mutating func add(_ event: TraceEvent) {
        let step = step(of: event)
        if graph.steps[step].implementation.isEmpty { graph.setImplementation(step, event.provider) }
        let thread = threads[event.thread] ?? threads.count
        threads[event.thread] = thread
        spans.append(
            EngineProfile.Span(
                step: step, start: event.start * 1000, duration: event.duration * 1000, thread: thread))
    }

    private mutating func end(_ run: TraceEvent) {
        for index in spans.indices { spans[index].start = spans[index].start.map { max(0, $0 - run.start * 1000) } }
        profile.runs.append(
            EngineProfile.Run(
                spans: spans.sorted { ($0.start ?? 0, $0.step) < ($1.start ?? 0, $1.step) },
                duration: run.duration * 1000))
        spans = []
        place = 0
        walked = [:]
    }

    private mutating func step(of event: TraceEvent) -> Int {
        if place < graph.main.count {
            let next = graph.main[place]
            if graph.fits(event, next) {
                place += 1
                return next
            }
            if let inner = innerStep(of: event, in: next) { return inner }
        }
        // Nodes that did not run, or a main graph in another order than the file's.
        if let later = graph.main[min(place, graph.main.count)...].firstIndex(where: { graph.fits(event, $0) }) {
            place = later + 1
            return graph.main[later]
        }
        for owner in graph.main[min(place, graph.main.count)...] {
            if let inner = innerStep(of: event, in: owner) { return inner }
        }
        if let earlier = graph.main.first(where: { graph.fits(event, $0) }) { return earlier }
        let key = event.operatorType + " " + event.name
        let step = unknown[key] ?? graph.addUnknown(event)
        unknown[key] = step
        return step
    }

    /// The step of a body, walked in turn, since a loop comes to its steps again and nameless ones look alike.
    private mutating func innerStep(of event: TraceEvent, in owner: Int) -> Int? {
        guard let steps = graph.inner[owner], !steps.isEmpty else { return nil }
        let first = walked[owner] ?? 0
        for offset in steps.indices {
            let index = (first + offset) % steps.count
            if graph.fits(event, steps[index]) {
                walked[owner] = index + 1
                return steps[index]
            }
        }
        return nil
    }
}

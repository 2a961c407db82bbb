import Engines
import Graphs
import Operators

/// Reads the clock before and after each call of the interpreter.
///
/// The interpreter runs on one thread, that of the session which owns the recorder.
final class CallRecorder: CallObserver, @unchecked Sendable {
    private struct Reading {
        let step: Int
        let start: Int64
        var end: Int64
    }

    private(set) var steps: [EngineProfile.Step] = []
    private var numbers: [String: Int] = [:]
    private var readings: [Reading] = []
    /// The readings of calls that have begun and not ended, the innermost last.
    private var open: [Int] = []

    func begin(_ site: CallSite) {
        let step = number(site)
        open.append(readings.count)
        let now = MonotonicClock.now()
        readings.append(Reading(step: step, start: now, end: now))
    }

    func end(_ site: CallSite) {
        let now = MonotonicClock.now()
        guard let last = open.popLast() else { return }
        readings[last].end = now
    }

    /// Forgets what a run left behind that broke off.
    func beginRun() { open.removeAll(keepingCapacity: true) }

    /// What was recorded since the last call, starts on the monotonic clock.
    func takeSpans() -> [EngineProfile.Span] {
        defer { readings.removeAll(keepingCapacity: true) }
        return readings.map { EngineProfile.Span(step: $0.step, start: $0.start, duration: $0.end - $0.start) }
    }

    private func number(_ site: CallSite) -> Int {
        if let known = numbers[site.path] { return known }
        numbers[site.path] = steps.count
        steps.append(
            EngineProfile.Step(
                name: site.node.name, kind: site.node.operatorType, implementation: "interpreter",
                nodes: site.node.name.isEmpty ? [] : [site.node.name],
                inputs: site.node.inputs.filter { !$0.isEmpty }, outputs: site.node.outputs.filter { !$0.isEmpty },
                parent: open.last.map { readings[$0].step }))
        return steps.count - 1
    }
}

import Engines

/// Notes which execution carried out each run of a session, and makes a profile of what they recorded.
struct NativeProfiler {
    private struct Interval {
        let start: Int64
        let end: Int64
    }

    private var runs: [Interval] = []
    /// Every execution that ran; kept, so that what it recorded is not lost with it.
    private var executions: [any Execution] = []
    /// What the interpreter's calls are told to.
    let calls = CallRecorder()

    /// Notes a run.
    mutating func note(_ execution: (any Execution)?, start: Int64, end: Int64) {
        runs.append(Interval(start: start, end: end))
        guard let execution, !executions.contains(where: { $0 === execution }) else { return }
        executions.append(execution)
    }

    /// The profile of the runs since the last call.
    mutating func take(route: String?) -> EngineProfile {
        var profile = EngineProfile(route: route)
        var spans: [EngineProfile.Span] = []
        for execution in executions {
            let base = profile.steps.count
            profile.steps += execution.profiledSteps
            profile.constants += execution.constants
            spans += execution.takeSpans().map { $0.shifted(by: base) }
        }
        let base = profile.steps.count
        profile.steps += calls.steps.map { $0.shifted(by: base) }
        spans += calls.takeSpans().map { $0.shifted(by: base) }
        profile.runs = runs.map { EngineProfile.Run(spans: [], duration: $0.end - $0.start) }
        distribute(spans.sorted { ($0.start ?? 0, $0.step) < ($1.start ?? 0, $1.step) }, to: &profile.runs)
        runs = []
        return profile
    }

    /// Gives each run the spans that began in it; runs follow one another, so that both are walked once.
    private func distribute(_ spans: [EngineProfile.Span], to profiled: inout [EngineProfile.Run]) {
        var run = 0
        for var span in spans {
            guard let start = span.start else { continue }
            while run < runs.count, runs[run].end < start { run += 1 }
            guard run < runs.count, start >= runs[run].start else { continue }
            span.start = start - runs[run].start
            profiled[run].spans.append(span)
        }
    }
}

extension EngineProfile.Span {
    fileprivate func shifted(by base: Int) -> Self {
        var span = self
        span.step += base
        return span
    }
}

extension EngineProfile.Step {
    fileprivate func shifted(by base: Int) -> Self {
        var step = self
        step.parent = parent.map { $0 + base }
        return step
    }
}

public import Engines
import Tensors

/// Runs a model under its engine's own profiler, in turns with the same model without it, so that what the profiler costs
/// is known from the same minute.
public enum ProfileJob: WorkerJob {
    /// `profile`.
    public static let name = "profile"

    /// Warms both sessions up, runs them in turns, and takes the profile.
    public static func run(_ request: Request, in context: JobContext<Never>) throws(EngineError) -> Response {
        let inputs = request.inputs.map(\.tensor)
        var profiled = try Side(request.model, inputs, in: context)
        let session = profiled.session
        var plain: Side?
        if let number = request.plain { plain = try Side(number, inputs, in: context) }
        let runs = min(max(request.runs, 1), mostRuns)
        let burst = min(max(request.burst, 1), runs)
        try profiled.warmUp(request.warmupRuns)
        try plain?.warmUp(request.warmupRuns)
        let before = EngineProcesses.status()
        while profiled.times.count < runs {
            let turn = min(burst, runs - profiled.times.count)
            try profiled.run(turn) { () throws(EngineError) in try session.noteProfile() }
            try plain?.run(turn) {}
            guard !context.isCancelled else {
                throw EngineError(.cancelled, subject: name, reason: "cancelled after \(profiled.times.count) runs")
            }
        }
        let after = EngineProcesses.status()
        var profile = try session.takeProfile()
        // Runs before these were the warm-up, and what others ran in the session.
        profile.runs.removeFirst(max(0, profile.runs.count - runs))
        return Response(
            profile: profile, starts: profiled.starts, times: profiled.times, plainTimes: plain?.times ?? [],
            before: before, after: after)
    }

    /// The most runs that one request makes on either side.
    static let mostRuns = 100_000
}

/// One of the two sessions that run in turns.
private struct Side {
    let session: any Session
    let inputs: [Tensor]
    let outputs: OutputSlots
    var starts: [Int64] = []
    var times: [Int64] = []

    init(_ number: Int, _ inputs: [Tensor], in context: JobContext<Never>) throws(EngineError) {
        let model = try context.model(number)
        guard inputs.count == model.inputs.count else {
            throw EngineError(
                .invalidInput, subject: ProfileJob.name,
                reason: "the model has \(model.inputs.count) inputs and was given \(inputs.count)")
        }
        session = try context.session(number)
        outputs = OutputSlots(count: model.outputs.count)
        self.inputs = inputs
    }

    func warmUp(_ count: Int) throws(EngineError) {
        for _ in 0..<max(count, 0) { try session.run(inputs, into: outputs) }
        if count > 0 { try session.noteProfile() }
    }

    mutating func run(_ count: Int, afterEach note: () throws(EngineError) -> Void) throws(EngineError) {
        for _ in 0..<count {
            let detour = session.detour
            let start = MonotonicClock.now()
            try session.run(inputs, into: outputs)
            let end = MonotonicClock.now()
            starts.append(start)
            times.append(end - start - (session.detour - detour))
            try note()
        }
    }
}

import Assets
import Engines
import Measurement
import Records

/// What is known of one stack on one model when both are done with each other.
struct StackReport: Sendable {
    /// The place of the stack in the spec.
    let index: Int
    /// What the record calls the stack.
    let title: String
    /// How it ended.
    var outcome: Outcome.State = .completed
    /// The end of what the worker wrote to standard error, where it did not complete.
    var log = ""
    /// What the library said it is.
    var identity: EngineIdentity?
    /// The options in force.
    var options: EngineOptions?
    /// Time to prepare the model and make its session.
    var loadTime: Duration?
    /// Peak resident memory of the worker before the model was loaded, in bytes.
    var baseMemory: Int?
    /// Peak resident memory of the worker at the end, in bytes.
    var peakMemory: Int?
    /// What the model said on this stack.
    var answers: [ScoredSample] = []
    /// What came out, by content.
    var outputs = OutputEvidence()
    /// Its outputs against those of the reference stack; `nil` for the reference itself.
    var agreement: Agreement?
    /// Run times and what was read between them, one stretch a round.
    var stretches: [MeasuredStretch] = []
    /// How the engine carried the runs out, where it has more than one way: `plan`, `interpreter`.
    var route: String?
    /// How the warm-up before the first round went.
    var warmup: WarmUpReport?

    /// Run times in nanoseconds, one list a round.
    var rounds: [[Int64]] { stretches.map(\.samples) }

    /// Takes in how the stack failed.
    mutating func fail(_ error: WorkerError) {
        outcome = Outcome.State(error)
        log = error.log
    }
}

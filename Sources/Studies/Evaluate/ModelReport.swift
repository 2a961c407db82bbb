import Assets
import Measurement
import Records

/// Everything found out about one model.
struct ModelReport: Sendable {
    let model: ResolvedModel
    let task: any EvaluationTask
    /// The stacks in the order of the spec.
    var stacks: [StackReport]
    /// The place of the stack that the others are compared with; `nil` when none ran.
    var reference: Int?
    /// How loading and predicting overlapped; `nil` without data.
    var loading: LoaderTimes?
    /// Samples that could not be read, with the reason.
    var unreadable: [String] = []
    /// What the model computes, by content.
    var computed: ModelFingerprints?
    /// What each step of pre-processing made of the first samples.
    var steps: StepEvidence?
    /// What was fed, by content.
    var inputs = FingerprintBuilder()
    /// The stacks in fresh processes, the one with the least median first; empty where they were not compared.
    var contest: [ContestEntry] = []
    /// What disturbed those turns; `nil` where there were none.
    var certificate: ContestCertificate?
    /// True when the study was interrupted within this model.
    var isPartial = false

    /// The stacks that ran to the end.
    var completed: [StackReport] { stacks.filter { $0.outcome == .completed } }
}

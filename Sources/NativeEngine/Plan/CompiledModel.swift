import Engines
import Tensors

/// A model compiled for inputs of fixed shapes: as one plan, or as a trunk for one image and a head for the batch.
enum CompiledModel: Sendable {
    case whole(StaticPlan)
    case split(SplitPlan)

    /// The types and shapes of the outputs.
    var outputs: [PlannedTensor] {
        switch self {
        case .whole(let plan): plan.outputs
        case .split(let plan): plan.head.outputs
        }
    }

    /// Memory and bindings for one thread of use.
    ///
    /// - Parameter records: whether the clock is read around each step.
    /// - Throws: `EngineError`.
    func makeExecution(records: Bool) throws(EngineError) -> any Execution {
        switch self {
        case .whole(let plan): try PlanExecution(plan, records: records)
        case .split(let plan): try SplitExecution(plan, records: records)
        }
    }
}

/// A compiled model with memory of its own, for one thread of use.
protocol Execution: AnyObject {
    /// The types and shapes of the outputs.
    var outputs: [PlannedTensor] { get }
    /// What profiles call the way it runs.
    var route: String { get }
    /// The steps as a profile tells of them.
    var profiledSteps: [EngineProfile.Step] { get }
    /// Values that were known before the first run.
    var constants: [String] { get }

    /// What was recorded since the last call, by the numbers of `profiledSteps`, starts on the monotonic clock.
    func takeSpans() -> [EngineProfile.Span]

    /// Computes the outputs from the inputs, each row-major at its address.
    ///
    /// - Throws: `EngineError`.
    func run(
        _ inputs: UnsafeBufferPointer<UnsafeMutableRawPointer>, _ outputs: UnsafeBufferPointer<UnsafeMutableRawPointer>
    ) throws(EngineError)
}

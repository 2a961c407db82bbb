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
    /// - Throws: `EngineError`.
    func makeExecution() throws(EngineError) -> any Execution {
        switch self {
        case .whole(let plan): try PlanExecution(plan)
        case .split(let plan): try SplitExecution(plan)
        }
    }
}

/// A compiled model with memory of its own, for one thread of use.
protocol Execution: AnyObject {
    /// The types and shapes of the outputs.
    var outputs: [PlannedTensor] { get }

    /// Computes the outputs from the inputs, each row-major at its address.
    ///
    /// - Throws: `EngineError`.
    func run(
        _ inputs: UnsafeBufferPointer<UnsafeMutableRawPointer>, _ outputs: UnsafeBufferPointer<UnsafeMutableRawPointer>
    ) throws(EngineError)
}

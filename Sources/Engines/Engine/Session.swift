public import Operators
public import Tensors

/// One execution context of a prepared model, used by one thread at a time.
public protocol Session: AnyObject {
    /// Runs the model once, synchronously. This call is what gets timed: it allocates nothing in the steady state.
    ///
    /// - Parameters:
    ///   - inputs: one tensor for each input of the prepared model, in order; they outlive the call.
    ///   - outputs: receives the outputs, in order; memory of an earlier run is used again where the shape is the same.
    /// - Throws: `EngineError`.
    func run(_ inputs: [Tensor], into outputs: OutputSlots) throws(EngineError)

    /// Runs the model once on values of any kind: sequences, optional and missing values too. It is never timed.
    ///
    /// - Parameter inputs: one value for each input of the prepared model, in order; a missing one is an empty optional.
    /// - Returns: the outputs, in order; a tensor stands for an optional that holds it.
    /// - Throws: `EngineError`; of code `invalidInput` for a kind of value that the engine cannot be fed.
    func evaluate(_ inputs: [Value]) throws(EngineError) -> [Value]

    /// How the last run was carried out, where the engine has more than one way (`plan`, `interpreter`); `nil` where it has
    /// one, or before the first run.
    var route: String? { get }

    /// Nanoseconds that `run` has spent in all on the way to an engine in another process and back; 0 where the engine is in
    /// this one. Who times runs takes them off.
    var detour: Int64 { get }

    /// Nanoseconds that `run` has spent in all on bringing inputs to the device and outputs back from it, which are part of
    /// its time; `nil` where the engine computes in main memory, or before the first run.
    var transfer: Int64? { get }

    /// Reads the engine's profiler after a run, where it holds but one run; called between runs, outside of what is timed.
    ///
    /// - Throws: `EngineError`.
    func noteProfile() throws(EngineError)

    /// What the engine's profiler saw since the session was made or the last call; it may end the session's use.
    ///
    /// - Throws: `EngineError` of code `invalidOption` where the engine has no profiler or `EngineOptions.profiling` was off.
    func takeProfile() throws(EngineError) -> EngineProfile
}

extension Session {
    /// What engines say that have one way to run a model.
    public var route: String? { nil }

    /// Of an engine in this process.
    public var detour: Int64 { 0 }

    /// Of an engine that computes in main memory.
    public var transfer: Int64? { nil }

    /// What `noteProfile` does where the profiler holds all runs: nothing.
    public func noteProfile() throws(EngineError) {}

    /// What `takeProfile` does on an engine without a profiler.
    ///
    /// - Throws: `EngineError` of code `invalidOption`, always.
    public func takeProfile() throws(EngineError) -> EngineProfile {
        throw EngineError(
            .invalidOption, subject: "profiling", reason: "this engine has no profiler of its own",
            remedy: "trace it at the level of the model")
    }

    /// What `evaluate` does on an engine whose sessions carry tensors only.
    ///
    /// - Throws: `EngineError` of code `invalidInput` for any other value, and what `run` throws.
    public func evaluateTensors(_ inputs: [Value], outputCount: Int) throws(EngineError) -> [Value] {
        var tensors: [Tensor] = []
        for (index, value) in inputs.enumerated() {
            guard let tensor = value.heldTensor else {
                throw EngineError(
                    .invalidInput, subject: "input \(index)",
                    reason: "it is \(value.type.text), and the engine's interface carries tensors only")
            }
            tensors.append(tensor)
        }
        let slots = OutputSlots(count: outputCount)
        try run(tensors, into: slots)
        do { return try slots.snapshot().map(Value.tensor) } catch {
            throw EngineError(.runFailed, subject: error.subject, reason: error.reason)
        }
    }
}

extension Value {
    /// The tensor of a tensor, or of an optional that holds one; `nil` for any other value.
    package var heldTensor: Tensor? { present?.tensor }

    /// What an optional holds, else the value itself; `nil` where it is missing.
    package var present: Value? {
        if case .optional(let value, _) = self { value?.present } else { self }
    }
}

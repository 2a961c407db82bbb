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
}

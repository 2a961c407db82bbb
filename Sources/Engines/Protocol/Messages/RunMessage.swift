public import Tensors

/// Asks for one run.
struct RunRequest: Codable {
    var model: Int
    var inputs: [AttachedTensor]
}

/// The outputs of one run.
struct RunReply: Codable {
    var outputs: [AttachedTensor]
    var nanoseconds: Int64
    /// How much of that inputs and outputs took to the device and back; absent where the engine computes in main memory.
    var transferNanoseconds: Int64?
}

/// The outputs of one run and the time it took.
public struct RunResult: Sendable, Hashable {
    /// One tensor for each output of the model, in order.
    public var outputs: [Tensor]
    /// Time inside the engine, measured by the worker; nothing of the transport is in it.
    public var duration: Duration
    /// How much of that inputs and outputs took to the engine's device and back; `nil` where it computes in main memory.
    public var transfer: Duration?
}

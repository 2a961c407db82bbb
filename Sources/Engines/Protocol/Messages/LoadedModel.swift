public import Graphs

/// A model that a worker holds, with the session that runs it.
public struct LoadedModel: Sendable, Hashable {
    /// The worker's number for it: what requests and jobs name it by.
    public var id: Int
    /// The inputs to feed, in order.
    public var inputs: [ValueInfo]
    /// The outputs, in order.
    public var outputs: [ValueInfo]
    /// The options in force, read back where the engine tells.
    public var effectiveOptions: EngineOptions
    /// Time to prepare the model and make its session, measured inside the worker.
    public var loadTime: Duration
    /// Peak resident memory of the worker after loading, in bytes.
    public var peakMemory: Int

    init(_ reply: LoadReply) throws(ProtocolViolation) {
        id = reply.model
        inputs = try reply.inputs.map { value throws(ProtocolViolation) in try value.valueInfo() }
        outputs = try reply.outputs.map { value throws(ProtocolViolation) in try value.valueInfo() }
        effectiveOptions = reply.options
        loadTime = .nanoseconds(reply.loadNanoseconds)
        peakMemory = reply.peakMemory
    }
}

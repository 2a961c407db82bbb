/// The first request: what must be in force before a library is opened.
struct ConfigureRequest: Codable {
    /// The stack's own variables; they win over those that follow from `options`.
    var environment: [String: String]
    /// Threads, spinning and denormals decide the variables of OpenMP and the mode of the engine's thread.
    var options: EngineOptions
    /// The processors to keep to, before a library counts them; absent leaves that to the kernel.
    var placement: ProcessorPlacement?
    /// A file of the client's in shared memory and what stands in it: a worker that reads the same shares memory.
    var sharedProbe: SharedProbe?
}

/// A file by which two processes find out that they see the same shared memory: it holds the token.
struct SharedProbe: Codable {
    var path: String
    /// With this every shared file of the worker and its client begins.
    var token: String
}

/// What the worker did with the configuration.
struct ConfigureReply: Codable {
    /// Whether large tensors may go through shared memory.
    var sharing: Bool
    /// The variables set, as they now stand.
    var environment: [String: String]
    /// Inherited variables that steer engines and were removed, so that the spec alone decides.
    var removed: [String]
    /// The processors that the worker now keeps to; absent where it may use all that it was given.
    var processors: [Int]?
}

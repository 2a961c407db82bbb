/// What is decided about a worker before it opens a library.
public struct WorkerConfiguration: Sendable, Hashable, Codable {
    /// Threads, spinning and denormals of the stack: they decide the variables of OpenMP.
    public var options: EngineOptions
    /// The stack's own environment variables; they win.
    public var environment: [String: String]
    /// The processors that the worker keeps to; `nil` leaves that to the kernel.
    public var placement: ProcessorPlacement?
    /// Whether large tensors may go through shared memory, where both ends see the same.
    public var sharedMemory: Bool
    /// How long the worker may take to say hello; a cluster's queue may need minutes.
    public var startLimit: Duration
    /// How much of standard error is kept, in bytes.
    public var logLimit: Int

    /// Makes a configuration.
    public init(
        options: EngineOptions = EngineOptions(), environment: [String: String] = [:],
        placement: ProcessorPlacement? = nil, sharedMemory: Bool = true, startLimit: Duration = .seconds(60),
        logLimit: Int = 16_384
    ) {
        self.options = options
        self.environment = environment
        self.placement = placement
        self.sharedMemory = sharedMemory
        self.startLimit = startLimit
        self.logLimit = logLimit
    }

    /// The configuration that a stack asks for.
    public init(_ stack: StackRequest) {
        self.init(options: stack.options, environment: stack.environment)
    }
}

/// A request on its way: what to write, how long to wait, and whom to tell.
struct PendingCall: Sendable {
    /// What the request is, for messages.
    var label: String
    /// When it has lasted too long, on the raw monotonic clock; `nil` waits for ever.
    var deadline: Int64?
    /// The limit that the deadline comes from, in seconds.
    var limitSeconds: Double
    /// A file in shared memory that the worker may not have come to remove.
    var segmentPath: String?
    /// Gets the events of a job, on the connection's thread.
    var onEvent: @Sendable (IncomingMessage) -> Void
    /// Gets the answer, exactly once.
    var complete: @Sendable (Result<IncomingMessage, WorkerError>) -> Void

    init(
        label: String, limit: Duration?, segmentPath: String? = nil,
        onEvent: @escaping @Sendable (IncomingMessage) -> Void = { _ in },
        complete: @escaping @Sendable (Result<IncomingMessage, WorkerError>) -> Void
    ) {
        self.label = label
        deadline = limit.map { MonotonicClock.now() &+ $0.wholeNanoseconds }
        limitSeconds = Double(limit?.wholeNanoseconds ?? 0) / 1e9
        self.segmentPath = segmentPath
        self.onEvent = onEvent
        self.complete = complete
    }
}

extension Duration {
    /// The duration in nanoseconds, at most some 146 years.
    package var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow || product.magnitude > UInt64(Int64.max / 2) { return seconds < 0 ? 0 : Int64.max / 2 }
        return product + attoseconds / 1_000_000_000
    }
}

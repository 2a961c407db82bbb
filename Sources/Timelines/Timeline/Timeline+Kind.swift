extension Timeline {
    /// The part that a span plays between processes (OpenTelemetry's SpanKind).
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Work inside one process.
        case `internal`
        /// A request as the one who answers sees it.
        case server
        /// A request as the one who asks sees it.
        case client
        /// A message being sent.
        case producer
        /// A message being taken.
        case consumer
    }
}

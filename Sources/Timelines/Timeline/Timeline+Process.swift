extension Timeline {
    /// A process, or another source of spans.
    public struct Process: Sendable, Hashable {
        /// The number of the process; unique in its timeline.
        public var id: Int64
        /// What the process is called; empty when unknown.
        public var name: String
        /// What else is known of it: host, version, engine; the attributes of OpenTelemetry's resource.
        public var attributes: [Argument]

        /// Makes a process.
        public init(_ id: Int64, name: String = "", attributes: [Argument] = []) {
            self.id = id
            self.name = name
            self.attributes = attributes
        }
    }
}

public import Engines
public import Records

/// Reads what the worker's machine is.
public enum ProbeJob: WorkerJob {
    /// Nothing to choose.
    public struct Request: Codable, Sendable {
        /// Makes a request.
        public init() {}
    }

    /// `probe`.
    public static let name = "probe"

    /// Reads the machine.
    public static func run(_ request: Request, in context: JobContext<Never>) throws(EngineError) -> Machine {
        MachineProbe.current()
    }
}

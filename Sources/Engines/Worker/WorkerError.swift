/// What went wrong with a worker: which rule, of what, why, how to mend it, and the last lines it wrote.
public struct WorkerError: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The rule that was broken; open, so that a new one breaks nobody's switch.
    public struct Code: RawRepresentable, Sendable, Hashable, Codable {
        /// The stable name of the rule.
        public let rawValue: String
        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// There is no worker executable.
        public static let notFound = Code(rawValue: "worker.not-found")
        /// The process could not be started, or ended before its hello.
        public static let launch = Code(rawValue: "worker.launch")
        /// It ended unasked.
        public static let exited = Code(rawValue: "worker.exited")
        /// A signal ended it.
        public static let crashed = Code(rawValue: "worker.crashed")
        /// It exceeded its limit and was killed.
        public static let hung = Code(rawValue: "worker.hung")
        /// It wrote what is no message.
        public static let protocolViolation = Code(rawValue: "worker.protocol-violation")
        /// The engine refused or failed.
        public static let engine = Code(rawValue: "worker.engine")
        /// The caller's task was cancelled.
        public static let cancelled = Code(rawValue: "worker.cancelled")
        /// The client had closed it.
        public static let closed = Code(rawValue: "worker.closed")
    }

    /// The rule that was broken.
    public let code: Code
    /// What was being done, and where: `run on local (onnxruntime)`.
    public let subject: String
    /// Why.
    public let reason: String
    /// How to mend it; empty where nothing can be said.
    public let remedy: String
    /// How the worker failed.
    public let failure: WorkerFailure
    /// The end of what it wrote to standard error.
    public let log: String

    /// Makes an error.
    public init(
        _ code: Code, subject: String, reason: String, remedy: String = "", failure: WorkerFailure = .launch,
        log: String = ""
    ) {
        self.code = code
        self.subject = subject
        self.reason = reason
        self.remedy = remedy
        self.failure = failure
        self.log = log
    }

    /// Makes the error that tells of a failure.
    init(_ failure: WorkerFailure, subject: String, log: String, detail: String = "") {
        self.init(
            Self.code(of: failure), subject: subject,
            reason: Self.reason(of: failure, concerning: subject) + (detail.isEmpty ? "" : ": \(detail)"),
            remedy: Self.remedy(of: failure), failure: failure, log: log)
    }

    /// One line: subject, reason, remedy.
    public var description: String { "\(subject): \(reason)" + (remedy.isEmpty ? "" : "; \(remedy)") }

    /// True when the worker still serves after this error.
    public var isSurvivable: Bool {
        switch failure {
        case .engine: true
        case .cancelled: true
        default: false
        }
    }

    private static func code(of failure: WorkerFailure) -> Code {
        switch failure {
        case .launch: .launch
        case .exited: .exited
        case .crashed: .crashed
        case .hung: .hung
        case .protocolViolation: .protocolViolation
        case .engine: .engine
        case .cancelled: .cancelled
        case .closed: .closed
        }
    }

    private static func reason(of failure: WorkerFailure, concerning subject: String) -> String {
        switch failure {
        case .launch: "the worker could not be started"
        case .exited(let code): "the worker ended by itself with exit code \(code)"
        case .crashed(let signal): "the worker was ended by signal \(signal) (\(SignalName.of(signal)))"
        case .hung(let seconds): "no answer within \(seconds) s, so the worker was killed"
        case .protocolViolation(let violation): "the worker broke the protocol and was killed: \(violation)"
        case .engine(let error): place(error.subject, concerning: subject) + error.reason
        case .cancelled: "cancelled"
        case .closed: "the worker has been closed"
        }
    }

    /// Where in the model it was, leaving out what the subject of the message says already.
    private static func place(_ inner: String, concerning subject: String) -> String {
        let parts = inner.split(separator: ", ").drop { subject.contains($0) }
        return parts.isEmpty ? "" : parts.joined(separator: ", ") + ": "
    }

    private static func remedy(of failure: WorkerFailure) -> String {
        switch failure {
        case .crashed(signal: 9): "if the machine ran out of memory, use fewer threads or a smaller batch"
        case .hung: "give it a longer limit, or fewer repetitions"
        case .protocolViolation: "check that client and worker are the same build"
        case .engine(let error): error.remedy
        default: ""
        }
    }
}

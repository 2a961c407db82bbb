/// How a worker is started: a command before the worker's own.
public struct Launcher: Sendable, Hashable {
    /// What messages and records call it, such as `local` or `ssh node1`.
    public var name: String
    /// The command and its arguments that come before the worker; empty on this machine.
    public var prefix: [String]
    /// The worker as the launched machine starts it; `nil` for the executable of this machine.
    public var worker: String?
    /// Whether paths of this machine lead to the same files there.
    public var seesFiles: Bool

    /// Makes a launcher.
    public init(name: String, prefix: [String], worker: String? = nil, seesFiles: Bool = true) {
        self.name = name
        self.prefix = prefix
        self.worker = worker
        self.seesFiles = seesFiles
    }

    /// This machine.
    public static let local = Launcher(name: "local", prefix: [])

    /// The whole command line.
    ///
    /// - Throws: `WorkerError` of code `notFound` when no worker executable is named and none lies where it is looked for.
    public func command() throws(WorkerError) -> [String] {
        if let worker { return prefix + [worker] }
        return prefix + [try WorkerExecutable.find()]
    }
}

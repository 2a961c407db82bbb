/// How an engine that lives in a process of its own is started: a program that speaks the worker protocol.
///
/// The worker starts it, asks it to load and run, and carries every job of Assay out on it: a guest need not know any.
public struct GuestCommand: Sendable, Hashable, Codable {
    /// The program and its arguments, as the worker's machine knows them.
    public var command: [String]
    /// Variables that the program is started with, besides those of the stack.
    public var environment: [String: String]

    /// Describes a command.
    public init(_ command: [String], environment: [String: String] = [:]) {
        self.command = command
        self.environment = environment
    }
}

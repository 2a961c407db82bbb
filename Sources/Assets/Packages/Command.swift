/// A program and its arguments, found in the search path.
public struct Command: Sendable, Hashable {
    /// The name of the program.
    public var program: String
    /// Its arguments.
    public var arguments: [String]
    /// Variables set on top of the inherited environment.
    public var environment: [String: String]
    /// The folder it runs in; the present one where `nil`.
    public var folder: String?
    /// The file that takes its standard output; captured where `nil`.
    public var outputFile: String?

    /// Describes a run of a program.
    public init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], folder: String? = nil,
        outputFile: String? = nil
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
        self.outputFile = outputFile
    }

    /// The command as one would type it.
    public var text: String { ([program] + arguments).joined(separator: " ") }
}

/// How a command ended, and what it wrote.
public struct CommandResult: Sendable, Hashable {
    /// The exit status; negative signal number when a signal ended it.
    public var status: Int
    /// Standard output.
    public var output: String
    /// Standard error.
    public var errors: String

    /// Describes how a command ended.
    public init(status: Int, output: String = "", errors: String = "") {
        self.status = status
        self.output = output
        self.errors = errors
    }
}

/// Runs programs; a test gives one that only pretends to.
public protocol CommandRunner: Sendable {
    /// Runs a command to its end, calling `whileRunning` now and then.
    ///
    /// - Throws: `AssetError` of code `missingTool` when there is no such program.
    func run(_ command: Command, whileRunning: () -> Void) throws(AssetError) -> CommandResult
}

extension CommandRunner {
    /// Runs a command to its end.
    public func run(_ command: Command) throws(AssetError) -> CommandResult { try run(command) {} }
}

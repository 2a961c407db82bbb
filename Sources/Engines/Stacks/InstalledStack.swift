/// A stack that is ready to run: the request, the exact build, and the folder that holds its libraries.
public struct InstalledStack: Sendable, Hashable {
    /// What was asked for.
    public var request: StackRequest
    /// What it became; `nil` for an engine that needs no libraries.
    public var build: StackBuild?
    /// The folder with the libraries, handed to the engine.
    public var libraries: String?
    /// The version that the loaded library must report; `nil` where it reports another scheme of versions.
    public var expectedVersion: String?

    /// Describes a stack.
    public init(
        request: StackRequest, build: StackBuild? = nil, libraries: String? = nil, expectedVersion: String? = nil
    ) {
        self.request = request
        self.build = build
        self.libraries = libraries
        self.expectedVersion = expectedVersion
    }
}

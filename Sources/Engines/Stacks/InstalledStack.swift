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

    /// How the engine's process is started; `nil` for an engine that a worker hosts itself.
    public var guest: GuestCommand?

    /// Describes a stack.
    public init(
        request: StackRequest, build: StackBuild? = nil, libraries: String? = nil, expectedVersion: String? = nil,
        guest: GuestCommand? = nil
    ) {
        self.request = request
        self.build = build
        self.libraries = libraries
        self.expectedVersion = expectedVersion
        self.guest = guest
    }
}

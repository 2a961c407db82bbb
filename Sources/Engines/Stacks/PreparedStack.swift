public import Records

/// A stack that can be started, with what the record says of it.
public struct PreparedStack: Sendable, Hashable {
    /// What was asked for.
    public var request: StackRequest
    /// What the record and every table call it; unique within a study.
    public var title: String
    /// The folder with the engine's libraries, as its worker finds it; `nil` where it needs none.
    public var libraries: String?
    /// The version that the library must report; `nil` where any will do.
    public var version: String?
    /// The exact build; `nil` for an engine that needs none.
    public var build: StackBuild?
    /// How the engine's process is started; `nil` for an engine that a worker hosts itself.
    public var guest: GuestCommand?
    /// How its worker is started where that is elsewhere; `nil` for this machine.
    public var launcher: Launcher?
    /// The machine or container that its worker runs on where that is elsewhere; `nil` for this machine.
    public var machine: Machine?

    /// Makes a stack.
    public init(
        request: StackRequest, title: String, libraries: String? = nil, version: String? = nil,
        build: StackBuild? = nil, guest: GuestCommand? = nil, launcher: Launcher? = nil
    ) {
        self.request = request
        self.title = title
        self.libraries = libraries
        self.version = version
        self.build = build
        self.guest = guest
        self.launcher = launcher
    }
}

public import Assets

/// Where the worker of a stack runs.
public enum StackPlace: Sendable, Hashable {
    /// On this machine.
    case here
    /// On another machine through ssh; it needs a shell, and nothing of Assay: the worker and the stack are sent.
    case ssh(host: String)
    /// Wherever a command leads that takes a line for a shell as its last argument, as `docker exec -i NAME sh -c`.
    case shell([String])
    /// On a machine that sees the files of this one under the same paths, started by a command before the worker's, as `srun`.
    case launched([String])
    /// In a container of an image.
    case image(ImageReference)

    /// What tables call it; empty for this machine.
    public var title: String {
        switch self {
        case .here: ""
        case .ssh(let host): "on \(host)"
        case .shell(let words), .launched(let words): "by \(words.joined(separator: " "))"
        case .image(let reference): "in \(reference.title)"
        }
    }

    /// The place with the folder of an image's layout taken from another folder than the present one.
    public func relative(to folder: String) -> StackPlace {
        guard case .image(var reference) = self, case .layout(let path) = reference.place, !path.hasPrefix("/") else {
            return self
        }
        reference.place = .layout(folder: "\(folder)/\(path)")
        return .image(reference)
    }
}

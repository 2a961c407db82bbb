import Engines
import Foundation

/// The examples on which one engine agrees with the reference kernels, as a text file keeps them: one
/// `operator/example` a line, sorted, after a comment that names the engine.
///
/// A test holds each list: an example that changes side without an edit of the list fails.
public struct PassingList: Sendable, Hashable {
    /// The engine with the version that its library reports.
    public var engine: String
    /// The examples, as `Add/both stretched`.
    public var cases: Set<String>

    /// The list of a stack; `nil` where it could not be opened.
    public init?(_ support: StackSupport) {
        guard let identity = support.identity else { return nil }
        engine = Self.title(identity)
        cases = Set(support.cases.filter(\.agrees).map(\.path))
    }

    /// Reads a file; `nil` when the comment is missing.
    public init?(text: String) {
        let lines = text.split(separator: "\n").map(String.init)
        guard let first = lines.first, first.hasPrefix(Self.lead) else { return nil }
        engine = String(first.dropFirst(Self.lead.count))
        cases = Set(lines.filter { !$0.hasPrefix("#") })
    }

    /// The file.
    public var text: String {
        let head = [
            Self.lead + engine, "# One operator/example a line, where its outputs agree with the reference kernels.",
            "# Written by `assay operators --write-lists Conformance`, and held by a test.",
        ]
        return (head + cases.sorted()).joined(separator: "\n") + "\n"
    }

    /// The name of the file for an engine: `examples-onnxruntime.txt`.
    public static func fileName(engine: String) -> String { "examples-\(engine).txt" }

    private static let lead = "# Engine: "

    /// The native engine has the version of Assay, so what it stands on says more.
    private static func title(_ identity: EngineIdentity) -> String {
        identity.version == AssayVersion.current
            ? "\(identity.name), \(identity.build)" : "\(identity.name) \(identity.version)"
    }
}

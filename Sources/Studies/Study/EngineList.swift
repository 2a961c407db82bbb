import Engines
import Records

/// The form of the lists of one engine's cases: a comment that names the engine, comments that say what a line is, and a
/// line a case.
struct EngineList {
    /// The engine with the version that its library reports.
    let engine: String
    /// The lines that are no comments.
    let lines: [String]

    private static let lead = "# Engine: "

    /// Reads a file; `nil` when the comment is missing.
    init?(text: String) {
        let all = text.split(separator: "\n").map(String.init)
        guard let first = all.first, first.hasPrefix(Self.lead) else { return nil }
        engine = String(first.dropFirst(Self.lead.count))
        lines = all.filter { !$0.hasPrefix("#") }
    }

    /// The file.
    static func text(engine: String, comments: [String], lines: [String]) -> String {
        ([lead + engine] + comments.map { "# " + $0 } + lines).joined(separator: "\n") + "\n"
    }

    /// What a list calls an engine; the native one has the version of Assay, so what it stands on says more.
    static func title(_ identity: EngineIdentity) -> String {
        identity.version == AssayVersion.current
            ? "\(identity.name), \(identity.build)" : "\(identity.name) \(identity.version)"
    }
}

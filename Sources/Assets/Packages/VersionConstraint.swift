/// Which versions of a package will do: clauses that must all hold, as in `>=1.20 <1.21`, `~=1.20`, `==1.20.*` (PEP 440).
///
/// Clauses are separated by spaces or commas; a bare version asks for exactly that one; `*` or nothing allows any.
public struct VersionConstraint: Sendable, Hashable, Codable, CustomStringConvertible {
    enum Relation: String, Sendable, Hashable, CaseIterable {
        // Longer signs first: parsing takes the first that fits.
        case compatible = "~="
        case equal = "=="
        case unequal = "!="
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"
    }

    struct Clause: Sendable, Hashable {
        var relation: Relation
        var version: PackageVersion
        var isPrefix: Bool
    }

    let clauses: [Clause]

    /// The constraint as it was written.
    public let description: String

    /// Reads a constraint.
    ///
    /// - Throws: `AssetError` of code `invalidVersion`, naming the clause.
    public init(_ text: String) throws(AssetError) {
        var clauses: [Clause] = []
        var sign = ""
        for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
            // `>= 1.20` is written with a space often enough.
            if Relation(rawValue: String(word)) != nil {
                sign = String(word)
                continue
            }
            if word == "*", sign.isEmpty { continue }
            clauses.append(try VersionConstraint.clause(sign + word, in: text))
            sign = ""
        }
        guard sign.isEmpty else { throw VersionConstraint.invalid(sign, in: text) }
        self.clauses = clauses
        description = text
    }

    /// The constraint that only one version meets.
    public init(exactly version: PackageVersion) {
        clauses = [Clause(relation: .equal, version: version, isPrefix: false)]
        description = "==\(version)"
    }

    /// The constraint that every version meets.
    public static let any = VersionConstraint()

    private init() {
        clauses = []
        description = "*"
    }

    private static func invalid(_ clause: String, in text: String) -> AssetError {
        AssetError(
            .invalidVersion, subject: "version constraint '\(text)'", reason: "'\(clause)' cannot be read",
            remedy: "write for example \"==1.20.1\", \">=1.20 <1.21\" or \"~=1.20\"")
    }

    private static func clause(_ word: String, in text: String) throws(AssetError) -> Clause {
        let relation = Relation.allCases.first { word.hasPrefix($0.rawValue) }
        var number = String(word.dropFirst(relation?.rawValue.count ?? 0))
        let isPrefix = number.hasSuffix(".*")
        if isPrefix { number.removeLast(2) }
        guard let version = PackageVersion(number) else { throw invalid(word, in: text) }
        let chosen = relation ?? .equal
        guard !isPrefix || chosen == .equal || chosen == .unequal,
            chosen != .compatible || version.release.count > 1
        else { throw invalid(word, in: text) }
        return Clause(relation: chosen, version: version, isPrefix: isPrefix)
    }

    /// True when a version meets every clause; pre-releases only where a clause names one.
    public func allows(_ version: PackageVersion) -> Bool {
        if version.isPreRelease, !clauses.contains(where: { $0.version.isPreRelease }) { return false }
        return clauses.allSatisfy { VersionConstraint.holds($0, version) }
    }

    private static func holds(_ clause: Clause, _ version: PackageVersion) -> Bool {
        // A clause without a local label ignores the label of the version.
        let candidate = clause.version.local.isEmpty ? version.withoutLocal : version
        switch clause.relation {
        case .equal:
            return clause.isPrefix ? candidate.hasReleasePrefix(clause.version.release) : candidate == clause.version
        case .unequal:
            return !(clause.isPrefix ? candidate.hasReleasePrefix(clause.version.release) : candidate == clause.version)
        case .atLeast: return candidate >= clause.version
        case .atMost: return candidate <= clause.version
        case .above: return candidate > clause.version && !isPostRelease(candidate, of: clause.version)
        case .below: return candidate < clause.version && !isPreRelease(candidate, of: clause.version)
        case .compatible:
            let series = Array(clause.version.release.dropLast())
            return candidate >= clause.version && candidate.hasReleasePrefix(series)
        }
    }

    /// `>1.7` does not mean `1.7.post1` (PEP 440, exclusive ordered comparison).
    private static func isPostRelease(_ candidate: PackageVersion, of version: PackageVersion) -> Bool {
        candidate.postRelease != nil && version.postRelease == nil && candidate.release == version.release
    }

    /// `<1.7` does not mean `1.7rc1`.
    private static func isPreRelease(_ candidate: PackageVersion, of version: PackageVersion) -> Bool {
        candidate.isPreRelease && !version.isPreRelease && candidate.hasReleasePrefix(version.release)
    }

    /// Decodes the text.
    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Encodes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

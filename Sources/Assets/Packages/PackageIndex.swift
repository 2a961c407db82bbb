import Records
import Foundation

/// The Python package index that the user's pip is set to: which files there are, and which one meets a constraint.
public struct PackageIndex: Sendable {
    let runner: any CommandRunner
    let isOffline: Bool

    /// Opens the index.
    ///
    /// - Parameters:
    ///   - runner: runs python3.
    ///   - isOffline: when true, every question is an error of code `offline`.
    public init(runner: any CommandRunner = ProcessRunner(), isOffline: Bool = false) {
        self.runner = runner
        self.isOffline = isOffline
    }

    /// All files of a project.
    ///
    /// - Throws: `AssetError` of code `notFound`, `offline`, `missingTool` or `malformed`.
    public func files(of name: String) throws(AssetError) -> [IndexFile] {
        let project = PackageIndex.normalized(name)
        guard !isOffline else {
            throw AssetError(
                .offline, subject: "package \(name)",
                reason: "its versions have to be looked up, and downloads are off",
                remedy: "allow downloads, or use a lock file made earlier")
        }
        let text = try ask(["files", project], subject: "package \(name)")
        do {
            return try JSONDecoder().decode([IndexFile].self, from: Data(text.utf8))
        } catch {
            throw AssetError(
                .malformed, subject: "package \(name)", reason: "the index gave an answer that is not a list of files",
                remedy: "check the setting with: python3 -m pip config list")
        }
    }

    /// The versions for which a platform has a wheel, oldest first; withdrawn files are left out.
    ///
    /// - Throws: `AssetError`, see ``files(of:)``.
    public func versions(
        of name: String, platform: PackagePlatform = .current
    ) throws(AssetError) -> [PackageVersion] {
        Set(try wheels(of: name, platform: platform).map(\.wheel.version)).sorted()
    }

    /// The wheel of the newest version that meets a constraint, pinned by its hash.
    ///
    /// - Parameters:
    ///   - oldest: older versions are taken for none; `nil` takes all.
    ///   - python: the release that will run it; `nil` where only libraries are taken out of the wheel.
    ///   - variant: a local label, as `cpu`, that is preferred where the constraint allows any version.
    ///   - avoided: a local label that is not taken where the constraint allows any version and there are others.
    /// - Throws: `AssetError` of code `unsatisfiable`, naming the nearest versions, or see ``files(of:)``.
    public func resolve(
        _ name: String, _ constraint: VersionConstraint, platform: PackagePlatform = .current,
        from oldest: PackageVersion? = nil, python: PackageVersion? = nil, variant: String? = nil,
        avoiding avoided: String? = nil
    ) throws(AssetError) -> Artifact {
        let wheels = try wheels(of: name, platform: platform).filter { candidate in
            candidate.file.isFor(python) && (oldest.map { candidate.wheel.version >= $0 } ?? true)
        }
        var allowed = wheels.filter { constraint.allows($0.wheel.version) }
        if constraint == .any, let variant {
            let preferred = allowed.filter { $0.wheel.version.description.hasSuffix("+" + variant) }
            if !preferred.isEmpty { allowed = preferred }
        }
        if constraint == .any, let avoided {
            let others = allowed.filter { !$0.wheel.version.description.hasSuffix("+" + avoided) }
            if !others.isEmpty { allowed = others }
        }
        guard let best = allowed.max(by: PackageIndex.isWorse) else {
            throw unsatisfiable(name, constraint, available: Set(wheels.map(\.wheel.version)).sorted())
        }
        return try PackageIndex.artifact(.wheel, name: name, version: best.wheel.version.description, file: best.file)
    }

    /// The source archive of one version, pinned by its hash.
    ///
    /// - Throws: `AssetError` of code `notFound`, or see ``files(of:)``.
    public func sourceArchive(_ name: String, version: String) throws(AssetError) -> Artifact {
        let stem = PackageIndex.normalized("\(name)-\(version)")
        let files = try files(of: name).filter {
            $0.filename.hasSuffix(".tar.gz") && PackageIndex.normalized(String($0.filename.dropLast(7))) == stem
        }
        guard let file = files.first else {
            throw AssetError(
                .notFound, subject: "package \(name)==\(version)", reason: "the index has no source archive of it")
        }
        return try PackageIndex.artifact(.sourceArchive, name: name, version: version, file: file)
    }

    /// How large files of the index are, by their names; one of which the index does not tell is left out.
    ///
    /// - Throws: `AssetError`, see ``files(of:)``.
    package func sizes(of artifacts: [Artifact]) throws(AssetError) -> [String: Int] {
        guard !isOffline else { return [:] }
        let wheels = artifacts.filter { $0.kind == .wheel }
        let text = try ask(["sizes"] + wheels.flatMap { [$0.name, $0.filename] }, subject: "sizes of packages")
        return (try? JSONDecoder().decode([String: Int].self, from: Data(text.utf8))) ?? [:]
    }

    /// Saves the file at an address.
    func download(_ url: String, to path: String, whileRunning: () -> Void) throws(AssetError) {
        _ = try ask(["fetch", url, path], subject: url, whileRunning: whileRunning)
    }

    /// Lowercase, with one hyphen for each run of hyphens, dots and underscores (PEP 503).
    static func normalized(_ name: String) -> String {
        name.lowercased().split(whereSeparator: { "-_.".contains($0) }).joined(separator: "-")
    }

    private struct Candidate {
        var file: IndexFile
        var wheel: WheelName
        var rank: Int
    }

    private func wheels(of name: String, platform: PackagePlatform) throws(AssetError) -> [Candidate] {
        try files(of: name).compactMap { file in
            guard !file.yanked, let wheel = WheelName(file.filename), let rank = platform.rank(of: wheel) else {
                return nil
            }
            return Candidate(file: file, wheel: wheel, rank: rank)
        }
    }

    private static func isWorse(_ left: Candidate, _ right: Candidate) -> Bool {
        if left.wheel.version != right.wheel.version { return left.wheel.version < right.wheel.version }
        if left.rank != right.rank { return left.rank > right.rank }
        return left.wheel.build < right.wheel.build
    }

    private static func artifact(
        _ kind: Artifact.Kind, name: String, version: String, file: IndexFile
    ) throws(AssetError) -> Artifact {
        guard let sha256 = try Self.digest(of: file) else {
            throw AssetError(
                .malformed, subject: file.filename, reason: "the index states no SHA-256 for it",
                remedy: "use an index that states hashes, as pypi.org does")
        }
        return Artifact(
            kind: kind, name: name, version: version, filename: file.filename, sha256: sha256,
            url: kind == .wheel ? nil : file.url)
    }

    /// The hash that the index states, or that of a file in a folder of this machine; `nil` where there is neither.
    private static func digest(of file: IndexFile) throws(AssetError) -> Digest? {
        guard file.sha256 == nil, file.url.hasPrefix("/") else { return file.sha256 }
        do { return try SHA256.digest(ofFile: file.url) } catch {
            throw AssetError(.unreadableFile, subject: file.url, reason: "\(error)")
        }
    }

    private func unsatisfiable(
        _ name: String, _ constraint: VersionConstraint, available: [PackageVersion]
    ) -> AssetError {
        let nearest = PackageIndex.nearest(to: constraint, among: available)
        return AssetError(
            .unsatisfiable, subject: "package \(name)",
            reason: available.isEmpty
                ? "no version has a wheel for this platform" : "no version meets '\(constraint)'",
            remedy: nearest.isEmpty
                ? "" : "nearest versions: " + nearest.map(\.description).joined(separator: ", "))
    }

    /// Up to two versions on either side of each bound, and the newest.
    static func nearest(to constraint: VersionConstraint, among available: [PackageVersion]) -> [PackageVersion] {
        var chosen = Set(available.last(where: { !$0.isPreRelease }).map { [$0] } ?? [])
        let candidates = available.filter { !$0.isPreRelease }
        for clause in constraint.clauses {
            chosen.formUnion(candidates.filter { $0 <= clause.version }.suffix(2))
            chosen.formUnion(candidates.filter { $0 >= clause.version }.prefix(2))
        }
        return chosen.sorted()
    }

    private func ask(
        _ arguments: [String], subject: String, whileRunning: () -> Void = {}
    ) throws(AssetError) -> String {
        let command = Command("python3", ["-c", IndexScript.source] + arguments)
        let result = try runner.run(command, whileRunning: whileRunning)
        let message = result.errors.split(separator: "\n").last.map(String.init) ?? "no message"
        switch result.status {
        case 0: return result.output
        case IndexScript.Status.missingPip:
            throw AssetError(
                .missingTool, subject: "pip", reason: "python3 has no pip",
                remedy: "install it, on Debian: apt-get install python3-pip")
        case IndexScript.Status.notFound:
            throw AssetError(.notFound, subject: subject, reason: message, remedy: "check the name of the package")
        case IndexScript.Status.network:
            throw AssetError(
                .offline, subject: subject, reason: message,
                remedy: "check the network and the setting shown by: python3 -m pip config list")
        default:
            throw AssetError(
                .toolFailed, subject: subject, reason: "python3 ended with status \(result.status): \(message)")
        }
    }
}

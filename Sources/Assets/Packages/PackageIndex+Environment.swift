import Foundation
import Records

extension PackageIndex {
    /// The release of Python that `python3` is, as `3.11.7`.
    ///
    /// - Throws: `AssetError` of code `missingTool` or `toolFailed`.
    public func pythonVersion() throws(AssetError) -> PackageVersion {
        let program = "import sys; print('%d.%d.%d' % sys.version_info[:3])"
        let result = try runner.run(Command("python3", ["-I", "-c", program]))
        let text = result.output.trimmingCharacters(in: .whitespacesAndNewlines)
        guard result.status == 0, let version = PackageVersion(text) else {
            throw AssetError(.toolFailed, subject: "python3", reason: Self.lastError(of: result))
        }
        return version
    }

    /// Every package that pip would install for requirements into an empty environment, each pinned by its hash, by name.
    ///
    /// Only wheels are taken: nothing is built here. Without dependencies it is the required ones alone.
    ///
    /// - Throws: `AssetError` of code `offline`, `unsatisfiable`, `missingTool` or `malformed`.
    public func environment(
        _ requirements: [String], withDependencies: Bool = true
    ) throws(AssetError) -> [Artifact] {
        let subject = requirements.joined(separator: " ")
        guard !isOffline else {
            throw AssetError(
                .offline, subject: subject, reason: "what it needs has to be looked up, and downloads are off",
                remedy: "allow downloads, or use a lock file made earlier")
        }
        let result = try runner.run(
            Command(
                "python3",
                [
                    "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet", "--disable-pip-version-check",
                    "--no-input", "--only-binary=:all:", "--report", "-",
                ] + (withDependencies ? [] : ["--no-deps"]) + requirements))
        guard result.status == 0 else {
            throw AssetError(
                .unsatisfiable, subject: subject, reason: Self.lastError(of: result),
                remedy: "ask for another version")
        }
        do {
            return try JSONDecoder().decode(InstallReport.self, from: Data(result.output.utf8)).artifacts()
        } catch let error as AssetError {
            throw error
        } catch {
            throw AssetError(.malformed, subject: subject, reason: "pip's report cannot be read: \(error)")
        }
    }

    private static func lastError(of result: CommandResult) -> String {
        let lines = result.errors.split(separator: "\n").map(String.init)
        return lines.last { $0.hasPrefix("ERROR") } ?? lines.last ?? "no message"
    }
}

/// What `pip install --report` says (version 1 of its format).
private struct InstallReport: Decodable {
    struct Item: Decodable {
        struct Download: Decodable {
            struct Archive: Decodable { var hashes: [String: String]? }

            var url: String
            var archive_info: Archive?
        }

        struct Metadata: Decodable {
            var name: String
            var version: String
        }

        var download_info: Download
        var metadata: Metadata
    }

    var install: [Item]

    func artifacts() throws(AssetError) -> [Artifact] {
        var artifacts: [Artifact] = []
        for item in install {
            let file = item.download_info.url.split(separator: "/").last.map(String.init) ?? ""
            guard let text = item.download_info.archive_info?.hashes?["sha256"], let digest = Digest(hex: text),
                file.hasSuffix(".whl")
            else {
                throw AssetError(
                    .malformed, subject: "package \(item.metadata.name)==\(item.metadata.version)",
                    reason: "pip names no wheel with a SHA-256 for it",
                    remedy: "use an index that states hashes, as pypi.org does")
            }
            artifacts.append(
                Artifact(
                    kind: .wheel, name: PackageIndex.normalized(item.metadata.name), version: item.metadata.version,
                    filename: file.removingPercentEncoding ?? file, sha256: digest))
        }
        return artifacts.sorted { $0.name < $1.name }
    }
}

import Records
import Foundation

/// Fetches pinned files through the user's package clients, verifies them, and keeps them in the Assay home.
///
/// What was fetched once is used without a network. Two processes that want one file wait for each other.
public struct ArtifactFetcher: Sendable {
    /// Where files are kept.
    public let home: AssayHome
    /// When true, a file that is not kept yet is an error of code `offline`.
    public let isOffline: Bool
    let runner: any CommandRunner
    private let progress: @Sendable (FetchProgress) -> Void

    /// Makes a fetcher.
    ///
    /// - Parameters:
    ///   - home: where files are kept.
    ///   - runner: runs the package clients.
    ///   - isOffline: forbids downloads.
    ///   - progress: is told what happens, on the calling thread.
    public init(
        home: AssayHome, runner: any CommandRunner = ProcessRunner(), isOffline: Bool = false,
        progress: @escaping @Sendable (FetchProgress) -> Void = { _ in }
    ) {
        self.home = home
        self.runner = runner
        self.isOffline = isOffline
        self.progress = progress
    }

    /// The store of downloaded files.
    var store: ContentStore { ContentStore(home: home, folder: home.downloads) }

    /// The path of a verified file, downloaded if it is not kept yet.
    ///
    /// - Throws: `AssetError` of code `offline`, `missingTool`, `toolFailed`, `notFound` or `hashMismatch`.
    public func fetch(_ artifact: Artifact) throws(AssetError) -> String {
        if let path = try kept(artifact) { return path }
        guard !isOffline else {
            throw AssetError(
                .offline, subject: artifact.title, reason: "it is not in \(home.downloads), and downloads are off",
                remedy: "allow downloads once, or put \(artifact.filename) there")
        }
        return try StoreLock.holding("fetch-\(artifact.sha256)", home: home) { () throws(AssetError) -> String in
            // Another process may have fetched it while this one waited.
            if let path = try kept(artifact) { return path }
            progress(.started(artifact))
            let staging = try StagingFolder(home: home)
            defer { staging.remove() }
            let file = try download(artifact, into: staging.path)
            let path = try store.adopt(
                file, hash: artifact.sha256, name: artifact.filename,
                subject: "\(artifact.title) (\(artifact.filename))")
            progress(.finished(artifact, bytes: FileTree.size(of: path), wasCached: false))
            return path
        }
    }

    /// Fetches a file and opens it as the archive it is.
    ///
    /// - Throws: `AssetError`, see ``fetch(_:)``; `malformed` when it is no archive.
    public func open(_ artifact: Artifact) throws(AssetError) -> ArtifactContents {
        try ArtifactContents(path: fetch(artifact), runner: runner)
    }

    /// Opens an archive whose files are pinned one by one, so that its own hash may differ.
    ///
    /// The Debian archive keeps one version of a package, and rebuilds it; its files stay what they are. Of other kinds
    /// only the pinned file is taken.
    func openAnyVersion(_ artifact: Artifact) throws(AssetError) -> ArtifactContents {
        guard artifact.kind == .debian, try store.find(artifact.sha256) == nil else { return try open(artifact) }
        if let path = try keptVersion(of: artifact) { return try ArtifactContents(path: path, runner: runner) }
        guard !isOffline else { return try open(artifact) }
        let staging = try StagingFolder(home: home)
        defer { staging.remove() }
        progress(.started(artifact))
        let file = try download(artifact, into: staging.path)
        let name = file.split(separator: "/").last.map(String.init) ?? artifact.filename
        let path = try store.adopt(file, hash: VerifiedFiles.hash(of: file), name: name, subject: artifact.title)
        progress(.finished(artifact, bytes: FileTree.size(of: path), wasCached: false))
        return try ArtifactContents(path: path, runner: runner)
    }

    /// The path of another version of a Debian package that was fetched before.
    private func keptVersion(of artifact: Artifact) throws(AssetError) -> String? {
        for folder in FileTree.names(in: home.downloads) {
            guard let name = FileTree.names(in: "\(home.downloads)/\(folder)").first, name.hasSuffix(".deb"),
                name.hasPrefix(artifact.name + "_"), let hash = Digest(hex: folder)
            else { continue }
            return try store.find(hash)
        }
        return nil
    }

    /// The files that are not here yet.
    ///
    /// - Throws: `AssetError` where the store cannot be read.
    package func missing(of artifacts: [Artifact]) throws(AssetError) -> [Artifact] {
        var missing: [Artifact] = []
        for artifact in artifacts where try store.find(artifact.sha256) == nil { missing.append(artifact) }
        return missing
    }

    private func kept(_ artifact: Artifact) throws(AssetError) -> String? {
        guard let path = try store.find(artifact.sha256) else { return nil }
        progress(.finished(artifact, bytes: FileTree.size(of: path), wasCached: true))
        return path
    }

    private func download(_ artifact: Artifact, into folder: String) throws(AssetError) -> String {
        let report = ByteReport(folder: folder) { progress(.received(artifact, bytes: $0)) }
        switch artifact.kind {
        case .wheel:
            return try WheelClient(runner: runner).download(artifact, into: folder, whileRunning: report.poll)
        case .sourceArchive:
            return try save(sourceAddress(artifact), artifact, into: folder, report)
        case .url:
            guard let url = artifact.url, url.hasPrefix("https://") else {
                throw AssetError(.unsupported, subject: artifact.title, reason: "only https addresses are fetched")
            }
            return try save(url, artifact, into: folder, report)
        case .debian:
            return try DebianClient(runner: runner).download(artifact, into: folder, whileRunning: report.poll)
        }
    }

    private func sourceAddress(_ artifact: Artifact) throws(AssetError) -> String {
        if let url = artifact.url { return url }
        let found = try PackageIndex(runner: runner).sourceArchive(artifact.name, version: artifact.version)
        return found.url ?? ""
    }

    private func save(
        _ url: String, _ artifact: Artifact, into folder: String, _ report: ByteReport
    ) throws(AssetError) -> String {
        let path = "\(folder)/\(artifact.filename)"
        try PackageIndex(runner: runner).download(url, to: path, whileRunning: report.poll)
        return path
    }
}

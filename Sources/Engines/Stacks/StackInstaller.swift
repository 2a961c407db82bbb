public import Assets
import Foundation
import Tensors

/// Installs builds side by side under `$ASSAY_HOME/stacks`, one folder a build, each complete or absent.
public struct StackInstaller: Sendable {
    private let home: AssayHome
    private let fetcher: ArtifactFetcher

    /// Makes an installer that downloads through `fetcher`.
    public init(fetcher: ArtifactFetcher) {
        home = fetcher.home
        self.fetcher = fetcher
    }

    /// The installed stack for a build; fetches, verifies and unpacks it first where it is missing.
    ///
    /// - Throws: `AssetError`; a file whose hash is wrong is never unpacked.
    public func install(_ build: StackBuild, for request: StackRequest) throws(AssetError) -> PreparedStack {
        guard let package = EnginePackage.named(build.engine, on: build.device) else {
            throw AssetError(.notFound, subject: "engine '\(build.engine)'", reason: "there is no such engine")
        }
        let folder = home.stacks + "/" + build.folderName
        let version = package.isVersioned ? build.version : nil
        let stack = PreparedStack(
            request: request, title: request.title(version: version ?? AssayVersion.current), libraries: folder,
            version: version, build: build, guest: try guest(of: package, folder))
        if isComplete(folder, build) { return stack }
        try StoreLock.holding("stack-" + build.folderName, home: home) { () throws(AssetError) in
            if isComplete(folder, build) { return }
            switch package.form {
            case .libraries(let members): try unpack(build, members: members, to: folder)
            case .python: try PythonEnvironment(fetcher: fetcher).install(build, to: folder)
            }
        }
        return stack
    }

    /// How the process of an engine in Python is started.
    private func guest(of package: EnginePackage, _ folder: String) throws(AssetError) -> GuestCommand? {
        guard case .python(let script, _, _) = package.form else { return nil }
        return try PythonEnvironment(fetcher: fetcher).command(script, in: folder)
    }

    /// True when the folder holds all of a build.
    public func isInstalled(_ build: StackBuild) -> Bool { isComplete(home.stacks + "/" + build.folderName, build) }

    private func isComplete(_ folder: String, _ build: StackBuild) -> Bool {
        guard let data = FileManager.default.contents(atPath: folder + "/stack.json"),
            let manifest = try? JSONDecoder().decode(StackManifest.self, from: data), manifest.build == build
        else { return false }
        return manifest.files.allSatisfy { name, size in
            let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            return (attributes?[.size] as? NSNumber)?.intValue == size
        }
    }

    private func unpack(_ build: StackBuild, members: [String], to folder: String) throws(AssetError) {
        let staging = try StagingFolder(home: home)
        defer { staging.remove() }
        var manifest = StackManifest(build: build, files: [:])
        for artifact in build.artifacts {
            let contents = try fetcher.open(artifact)
            for path in contents.paths where members.contains(where: { PathPattern($0).matches(path) }) {
                let name = path.split(separator: "/").last.map(String.init) ?? path
                let bytes = try contents.read(path)
                try FileWriter.write(bytes, to: staging.path + "/" + name)
                manifest.files[name] = bytes.count
            }
        }
        guard manifest.files.keys.contains(where: { $0.hasPrefix("lib") }) else {
            throw AssetError(
                .unsupported, subject: build.artifact.title,
                reason: "\(build.artifact.filename) holds no library that is known",
                remedy: "use a version between the oldest supported one and the pinned one")
        }
        try manifest.write(to: staging.path + "/stack.json")
        try FileTree.makeFolder(home.stacks)
        try FileTree.remove(folder)
        try FileTree.move(staging.path, to: folder)
    }
}

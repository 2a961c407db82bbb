import Assets
import Foundation

/// Python packages in a folder of their own, complete or absent, on no path but that of the engine that they are for.
struct PythonEnvironment {
    /// Where the packages lie in the stack's folder.
    private static let packages = "site"
    /// The interpreter, where a search path is to find it.
    static let interpreter = "python3"

    let fetcher: ArtifactFetcher

    /// Installs a build's wheels into a folder.
    ///
    /// - Throws: `AssetError`; of code `insufficientSpace` before anything is unpacked that would not fit.
    func install(_ build: StackBuild, to folder: String) throws(AssetError) {
        try requirePython(build)
        var wheels: [String] = []
        for artifact in build.artifacts { wheels.append(try fetcher.fetch(artifact)) }
        var needed = 0
        for wheel in wheels { needed += try ArtifactContents(path: wheel).byteCount }
        try FreeSpace.require(needed, for: "\(build.engine) \(build.version)", in: fetcher.home)
        let staging = try StagingFolder(home: fetcher.home)
        defer { staging.remove() }
        try run(wheels, into: "\(staging.path)/\(Self.packages)")
        let manifest = StackManifest(build: build, files: records(in: staging.path))
        guard manifest.files.count == wheels.count else {
            throw AssetError(
                .toolFailed, subject: "\(build.engine) \(build.version)",
                reason: "pip was given \(wheels.count) packages and left \(manifest.files.count)")
        }
        try manifest.write(to: staging.path + "/stack.json")
        try FileTree.makeFolder(fetcher.home.stacks)
        try FileTree.remove(folder)
        try FileTree.move(staging.path, to: folder)
    }

    /// How the engine's process is started: with the packages of the stack and the kit beside the script, and nothing else.
    func command(_ script: FrameworkScript, in folder: String) throws(AssetError) -> GuestCommand {
        GuestCommand(
            [
                ProcessRunner.find(Self.interpreter) ?? Self.interpreter, "-E", "-s", "-S",
                try script.path(home: fetcher.home),
                "\(folder)/\(Self.packages)",
            ], environment: ["ASSAY_CONVERTED": fetcher.home.converted])
    }

    private func requirePython(_ build: StackBuild) throws(AssetError) {
        let python = try PackageIndex(isOffline: true).pythonVersion().series
        guard let wanted = build.python, wanted != python else { return }
        throw AssetError(
            .unsupported, subject: "\(build.engine) \(build.version)",
            reason: "it was locked for Python \(wanted), and python3 is \(python)",
            remedy: "put python\(wanted) first on the path as python3, or lock it anew without --locked")
    }

    private func run(_ wheels: [String], into folder: String) throws(AssetError) {
        let result = try ProcessRunner().run(
            Command(
                Self.interpreter,
                [
                    "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps",
                    "--no-index", "--root-user-action=ignore", "--target", folder,
                ] + wheels))
        guard result.status == 0 else {
            throw AssetError(
                .toolFailed, subject: "python3 -m pip install", reason: String(result.errors.suffix(400)))
        }
    }

    /// The list of files that each installed package has, with its size.
    private func records(in folder: String) -> [String: Int] {
        var records: [String: Int] = [:]
        for name in FileTree.names(in: "\(folder)/\(Self.packages)") where name.hasSuffix(".dist-info") {
            let path = "\(Self.packages)/\(name)/RECORD"
            records[path] = FileTree.size(of: "\(folder)/\(path)")
        }
        return records
    }
}

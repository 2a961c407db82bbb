import Foundation
import Records
import Tensors

/// Generates the node cases that the onnx package holds as Python code, once; they are kept by what they hash to.
///
/// The package and what it stands on are installed through the user's pip, pinned by version and SHA-256, into a folder
/// that is thrown away when the cases are written. Afterwards neither Python nor a network is needed.
public struct NodeCaseLibrary: Sendable {
    private let fetcher: ArtifactFetcher
    private let folder: String

    /// Opens the library.
    ///
    /// - Parameter folder: the repository's folder with `cases.txt`, `requirements.txt` and `generate.py`.
    public init(fetcher: ArtifactFetcher, folder: String) {
        self.fetcher = fetcher
        self.folder = folder
    }

    private static let content = "onnx-node-cases"

    /// The cases where they are generated already and are still what they were; `nil` otherwise.
    ///
    /// - Throws: `AssetError` of code `unreadableFile` or `malformed` where the repository's list cannot be read.
    public func kept() throws(AssetError) -> NodeCases? {
        let text = try read("cases.txt")
        return try kept(text, at: entry(text))
    }

    /// The cases, generated where they are missing; some ten seconds.
    ///
    /// - Throws: `AssetError`: `offline`, `missingTool`, `toolFailed`, or `hashMismatch` where a model or an input is not
    ///   that of the list.
    public func fetch() throws(AssetError) -> NodeCases {
        let text = try read("cases.txt")
        let entry = entry(text)
        if let cases = try kept(text, at: entry) { return cases }
        guard !fetcher.isOffline else {
            throw AssetError(
                .offline, subject: "node cases", reason: "they are not generated yet, and downloads are off",
                remedy: "allow downloads once: assay provision --conformance")
        }
        let name = SHA256.digest(of: text).hex
        return try StoreLock.holding(name, home: fetcher.home) { () throws(AssetError) -> NodeCases in
            if let cases = try kept(text, at: entry) { return cases }
            let staging = try StagingFolder(home: fetcher.home)
            defer { staging.remove() }
            let complete = "\(staging.path)/entry"
            try FileTree.makeFolder(complete)
            try install(into: "\(staging.path)/site", temporary: staging.path)
            try generate(from: "\(staging.path)/site", into: "\(complete)/\(Self.content)")
            guard let cases = try kept(text, at: complete) else {
                throw AssetError(.toolFailed, subject: "node cases", reason: "generate.py left no list of cases")
            }
            try FileTree.makeFolder(fetcher.home.conformance)
            try FileTree.move(complete, to: entry)
            return NodeCases(
                path: "\(entry)/\(Self.content)", names: cases.names, roundedOtherwise: cases.roundedOtherwise,
                lists: folder)
        }
    }

    private func entry(_ list: String) -> String { "\(fetcher.home.conformance)/\(SHA256.digest(of: list).hex)" }

    private func kept(_ text: String, at entry: String) throws(AssetError) -> NodeCases? {
        let path = "\(entry)/\(Self.content)"
        guard let own = FileManager.default.contents(atPath: "\(path)/cases.txt") else { return nil }
        let pinned = try NodeCaseList(text, subject: "\(folder)/cases.txt")
        let found = try NodeCaseList(String(decoding: own, as: UTF8.self), subject: "\(path)/cases.txt")
        try check(found, against: pinned)
        for node in found.entries {
            for (name, hash) in [("model", node.model), ("inputs", node.inputs), ("outputs", node.outputs)] {
                let file = "\(path)/\(node.name)/\(name).onnx"
                guard FileManager.default.fileExists(atPath: file), try VerifiedFiles.hash(of: file) == hash else {
                    // It changed on disk: it is generated again.
                    try FileTree.remove(entry)
                    return nil
                }
            }
        }
        let differing = zip(found.entries, pinned.entries).filter { $0.outputs != $1.outputs }.map(\.0.name)
        return NodeCases(path: path, names: found.entries.map(\.name), roundedOtherwise: differing, lists: folder)
    }

    /// Names, models and inputs are those of the repository, wherever they were generated.
    private func check(_ found: NodeCaseList, against pinned: NodeCaseList) throws(AssetError) {
        let names = (found.entries.map(\.name), pinned.entries.map(\.name))
        guard names.0 == names.1 else {
            let odd = Set(names.0).symmetricDifference(names.1).sorted()
            throw mismatch("cases are there or missing: \(odd.prefix(5).joined(separator: ", "))")
        }
        for (one, other) in zip(found.entries, pinned.entries)
        where one.model != other.model || one.inputs != other.inputs {
            throw mismatch("\(one.name) has another \(one.model != other.model ? "model" : "input")")
        }
    }

    private func mismatch(_ reason: String) -> AssetError {
        AssetError(
            .hashMismatch, subject: "node cases", reason: "they are not those of \(folder)/cases.txt: \(reason)",
            remedy: "the list belongs to the versions in requirements.txt: restore both, or write the list anew")
    }

    private func install(into site: String, temporary: String) throws(AssetError) {
        let command = Command(
            "python3",
            [
                "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:",
                "--require-hashes", "--no-compile", "--no-warn-script-location", "--target", site, "-r",
                "\(folder)/requirements.txt",
            ],
            environment: [
                "TMPDIR": temporary, "PIP_NO_CACHE_DIR": "1", "PIP_USER": "0", "PIP_ROOT_USER_ACTION": "ignore",
            ])
        try run(command, remedy: "it takes Python 3.11 to 3.14 with pip, and the index that `pip config list` names")
    }

    private func generate(from site: String, into target: String) throws(AssetError) {
        try FileTree.makeFolder(target)
        // Isolated, and without the packages of the machine: some cases are made otherwise where Pillow is there.
        try run(
            Command("python3", ["-I", "-S", "\(folder)/generate.py", site, target]),
            remedy: "run it by hand to see more")
    }

    private func run(_ command: Command, remedy: String) throws(AssetError) {
        let result = try fetcher.runner.run(command)
        guard result.status == 0 else {
            let lines = result.errors.split(separator: "\n").map(String.init)
            let reason = lines.last { $0.hasPrefix("ERROR") } ?? lines.last ?? "it gave no message"
            throw AssetError(
                .toolFailed, subject: command.text, reason: "it ended with status \(result.status): \(reason)",
                remedy: remedy)
        }
    }

    private func read(_ name: String) throws(AssetError) -> String {
        guard let content = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
            throw AssetError(
                .unreadableFile, subject: "\(folder)/\(name)", reason: "it cannot be read",
                remedy: "run it in the project's folder, which holds the list of cases")
        }
        return String(decoding: content, as: UTF8.self)
    }
}

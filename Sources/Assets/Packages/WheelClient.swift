import Records
import Tensors

/// Downloads one wheel with `pip download`, which takes only the file whose hash is pinned and installs nothing.
struct WheelClient {
    let runner: any CommandRunner

    func download(_ artifact: Artifact, into folder: String, whileRunning: () -> Void) throws(AssetError) -> String {
        let wanted = "\(artifact.name)==\(artifact.version) --hash=sha256:\(artifact.sha256)\n"
        let requirements = "\(folder)/requirements.txt"
        try FileWriter.write(Bytes(copying: wanted.utf8), to: requirements)
        let temporary = "\(folder)/temporary"
        try FileTree.makeFolder(temporary)
        let command = Command(
            "python3", arguments(for: artifact, requirements: requirements, folder: folder),
            // pip writes partial files below TMPDIR, where their growth is seen.
            environment: ["TMPDIR": temporary, "PIP_NO_CACHE_DIR": "1"])
        let result = try runner.run(command, whileRunning: whileRunning)
        guard result.status == 0 else { throw failure(artifact, result) }
        guard let name = FileTree.names(in: folder).first(where: { $0.hasSuffix(".whl") }) else {
            throw AssetError(.toolFailed, subject: artifact.title, reason: "pip succeeded but left no wheel")
        }
        return "\(folder)/\(name)"
    }

    private func arguments(for artifact: Artifact, requirements: String, folder: String) -> [String] {
        // The tags of the pinned file itself: any machine may fetch it, to look into it or for another machine.
        let tags = WheelName(artifact.filename)
        let platforms = (tags?.platformTags ?? []).flatMap { ["--platform", $0] }
        let abis = (tags?.abiTags ?? []).flatMap { ["--abi", $0] }
        let python = (tags?.pythonTags.first { $0.hasPrefix("cp") }).map { String($0.dropFirst(2)) } ?? "311"
        return [
            "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:",
            "--python-version", python, "--implementation",
            tags?.pythonTags.first?.hasPrefix("cp") == true ? "cp" : "py",
        ] + platforms + abis + ["--require-hashes", "--dest", folder, "-r", requirements]
    }

    private func failure(_ artifact: Artifact, _ result: CommandResult) -> AssetError {
        let lines = result.errors.split(separator: "\n").map(String.init)
        if lines.contains(where: { $0.contains("No module named pip") }) {
            return AssetError(
                .missingTool, subject: "pip", reason: "python3 has no pip",
                remedy: "install it, on Debian: apt-get install python3-pip")
        }
        if let got = lines.first(where: { $0.contains("Got") })?.split(separator: " ").last.map(String.init),
            let actual = Digest(hex: got)
        {
            return ContentStore.mismatch(artifact.title, expected: artifact.sha256, actual: actual)
        }
        let isUnknown = lines.contains { $0.contains("No matching distribution") }
        let isNetwork = lines.contains { $0.contains("connection") || $0.contains("Connection") }
        let reason = lines.last { $0.hasPrefix("ERROR") } ?? lines.last ?? "pip gave no message"
        return AssetError(
            isNetwork ? .offline : isUnknown ? .notFound : .toolFailed, subject: artifact.title, reason: reason,
            remedy: "check the network and the setting shown by: python3 -m pip config list")
    }
}

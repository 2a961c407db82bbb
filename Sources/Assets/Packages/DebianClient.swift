/// Downloads one Debian package with `apt-get download`, which needs no rights and installs nothing.
struct DebianClient {
    let runner: any CommandRunner

    /// The path of the pinned version, or of the version the archive has now.
    func download(_ artifact: Artifact, into folder: String, whileRunning: () -> Void) throws(AssetError) -> String {
        var last = CommandResult(status: 0)
        for wanted in ["\(artifact.name)=\(artifact.version)", artifact.name] {
            let command = Command("apt-get", ["--quiet", "download", wanted], folder: folder)
            last = try runner.run(command, whileRunning: whileRunning)
            if last.status == 0, let name = FileTree.names(in: folder).first(where: { $0.hasSuffix(".deb") }) {
                return "\(folder)/\(name)"
            }
        }
        let lines = last.errors.split(separator: "\n").map(String.init)
        throw AssetError(
            .toolFailed, subject: "Debian package \(artifact.name)",
            reason: lines.first { $0.hasPrefix("E:") } ?? "apt-get gave no message",
            remedy: "refresh the package lists with: apt-get update")
    }
}

import Records
import Tensors

/// Reads pinned files out of downloaded archives, each checked against its own hash.
struct MemberSource {
    let fetcher: ArtifactFetcher

    /// The content of one file.
    ///
    /// - Throws: `AssetError` of code `hashMismatch` when the file is not the pinned one, or see ``ArtifactFetcher``.
    func read(_ member: PinnedMember) throws(AssetError) -> Bytes {
        let contents = try fetcher.openAnyVersion(member.artifact)
        let parts = member.path.split(separator: "!", maxSplits: 1).map(String.init)
        var bytes = try contents.read(parts[0])
        if parts.count == 2 { bytes = try ZipArchive(bytes, subject: parts[0]).read(parts[1]) }
        let actual = SHA256.hash(bytes)
        guard actual == member.sha256 else {
            throw ContentStore.mismatch(
                "\(member.artifact.title), \(member.path)", expected: member.sha256, actual: actual)
        }
        return bytes
    }
}

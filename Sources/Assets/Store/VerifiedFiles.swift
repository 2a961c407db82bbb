import Records
import Foundation
import Synchronization
import Tensors

/// Remembers, for this process, which files were hashed, so that each is hashed once: at its first use.
enum VerifiedFiles {
    private struct Stamp: Hashable {
        var size: Int
        var modified: Date?
    }

    private static let known = Mutex<[String: (stamp: Stamp, hash: Digest)]>([:])

    /// The SHA-256 of a file; computed again only when its size or time changed.
    static func hash(of path: String) throws(AssetError) -> Digest {
        let stamp = Stamp(size: FileTree.size(of: path), modified: FileTree.modificationDate(of: path))
        if let entry = known.withLock({ $0[path] }), entry.stamp == stamp { return entry.hash }
        let hash = SHA256.hash(try map(path))
        known.withLock { $0[path] = (stamp, hash) }
        return hash
    }

    /// Maps a file.
    static func map(_ path: String) throws(AssetError) -> Bytes {
        do {
            return try Bytes(mapping: path)
        } catch {
            throw AssetError(.unreadableFile, subject: error.subject, reason: error.reason)
        }
    }
}

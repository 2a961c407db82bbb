public import Records
import Foundation
public import Tensors

/// One folder of files kept under their SHA-256: `<folder>/<hash>/<file name>`.
///
/// Files appear by a rename, so a reader never sees half of one, and are hashed when a process first uses them. The
/// time of an entry's folder is the time of its last use.
public struct ContentStore: Sendable, Hashable {
    /// The Assay home it belongs to.
    public let home: AssayHome
    /// The folder that holds the entries.
    public let folder: String

    /// Opens the store of a folder below the home.
    public init(home: AssayHome, folder: String) {
        self.home = home
        self.folder = folder
    }

    /// The folder of one entry, whether or not it exists.
    public func entryFolder(_ hash: Digest) -> String { "\(folder)/\(hash.hex)" }

    /// The path of a stored file, checked against its hash; `nil` when it is not stored.
    ///
    /// A file that changed on disk is removed, so that it is fetched again.
    ///
    /// - Throws: `AssetError` when the file cannot be read or removed.
    public func find(_ hash: Digest) throws(AssetError) -> String? {
        let entry = entryFolder(hash)
        guard let name = FileTree.names(in: entry).first else { return nil }
        let path = "\(entry)/\(name)"
        guard try VerifiedFiles.hash(of: path) == hash else {
            try FileTree.remove(entry)
            return nil
        }
        touch(entry)
        return path
    }

    /// Moves a complete file into the store and returns its path there; the file may be there already.
    ///
    /// - Throws: `AssetError` of code `hashMismatch` when the file is not what it should be.
    public func adopt(_ file: String, hash: Digest, name: String, subject: String) throws(AssetError) -> String {
        let actual = try VerifiedFiles.hash(of: file)
        guard actual == hash else { throw ContentStore.mismatch(subject, expected: hash, actual: actual) }
        return try StoreLock.holding(hash.hex, home: home) { () throws(AssetError) -> String in
            if let path = try find(hash) { return path }
            let staging = try StagingFolder(home: home)
            defer { staging.remove() }
            let complete = "\(staging.path)/entry"
            try FileTree.makeFolder(complete)
            try FileTree.move(file, to: "\(complete)/\(name)")
            try FileTree.makeFolder(folder)
            try FileTree.move(complete, to: entryFolder(hash))
            return "\(entryFolder(hash))/\(name)"
        }
    }

    /// Writes bytes into the store and returns the path of the file.
    ///
    /// - Throws: `AssetError` of code `hashMismatch` when the bytes are not what they should be.
    public func store(_ bytes: Bytes, hash: Digest, name: String, subject: String) throws(AssetError) -> String {
        let actual = SHA256.hash(bytes)
        guard actual == hash else { throw ContentStore.mismatch(subject, expected: hash, actual: actual) }
        if let path = try find(hash) { return path }
        let staging = try StagingFolder(home: home)
        defer { staging.remove() }
        let file = "\(staging.path)/file"
        try FileWriter.write(bytes, to: file)
        return try adopt(file, hash: hash, name: name, subject: subject)
    }

    /// Marks an entry as used now.
    func touch(_ entry: String) {
        _ = try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: entry)
    }

    static func mismatch(_ subject: String, expected: Digest, actual: Digest) -> AssetError {
        AssetError(
            .hashMismatch, subject: subject,
            reason: "its SHA-256 is \(actual), and \(expected) is pinned",
            remedy:
                "the source changed or the transfer was damaged: fetch it again, or pin the new hash after checking it")
    }
}

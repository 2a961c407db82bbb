import Foundation

/// An advisory lock between processes, so that two of them never install one thing at a time; freed by the system when
/// its holder ends, however it ends.
package struct StoreLock {
    private let handle: FileHandle

    /// Waits until nobody else holds the lock of this name.
    init(_ name: String, home: AssayHome) throws(AssetError) {
        try FileTree.makeFolder(home.locks)
        let path = "\(home.locks)/\(name).lock"
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        guard let handle = FileHandle(forUpdatingAtPath: path) else {
            throw AssetError(
                .unwritableFile, subject: path, reason: "the lock file cannot be opened",
                remedy: "set ASSAY_HOME to a folder you may write to")
        }
        self.handle = handle
        while flock(handle.fileDescriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                throw AssetError(.unwritableFile, subject: path, reason: "the lock cannot be taken (error \(errno))")
            }
        }
    }

    /// Frees the lock.
    func release() { _ = try? handle.close() }

    /// Runs `body` while holding the lock.
    package static func holding<Result>(
        _ name: String, home: AssayHome, _ body: () throws(AssetError) -> Result
    ) throws(AssetError) -> Result {
        let lock = try StoreLock(name, home: home)
        defer { lock.release() }
        return try body()
    }
}

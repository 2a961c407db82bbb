import Foundation

/// A fresh folder for files that are not complete yet, removed with all it still holds.
///
/// Its maker holds a lock beside it, which the system frees when that process ends, however it ends: what a killed process
/// left behind is removed when the next folder is made.
package struct StagingFolder {
    package let path: String
    private let lock: FileHandle?

    package init(home: AssayHome) throws(AssetError) {
        path = "\(home.staging)/\(UUID().uuidString.lowercased())"
        try FileTree.makeFolder(home.staging)
        lock = Self.holdLock(path + Self.ending)
        try FileTree.makeFolder(path)
        Self.sweep(home.staging)
    }

    package func remove() {
        try? FileManager.default.removeItem(atPath: path)
        try? FileManager.default.removeItem(atPath: path + Self.ending)
        try? lock?.close()
    }

    private static let ending = ".lock"

    private static func holdLock(_ path: String) -> FileHandle? {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forUpdatingAtPath: path)
        else { return nil }
        return flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 ? handle : nil
    }

    /// Removes what nobody holds any more: a folder is made after its lock, so that one without is what a program that was
    /// started by a killed process has gone on writing.
    private static func sweep(_ folder: String) {
        for name in FileTree.names(in: folder) {
            let path = "\(folder)/\(name)"
            guard name.hasSuffix(ending) else {
                let isHeld = FileManager.default.fileExists(atPath: path + ending)
                if !isHeld { try? FileManager.default.removeItem(atPath: path) }
                continue
            }
            guard let handle = FileHandle(forUpdatingAtPath: path) else { continue }
            defer { try? handle.close() }
            guard flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
            try? FileManager.default.removeItem(atPath: String(path.dropLast(ending.count)))
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}

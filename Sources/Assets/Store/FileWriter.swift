import Foundation
public import Tensors

/// Writes whole files, so that nobody ever reads half of one.
public enum FileWriter {
    private static let piece = 1 << 20

    /// Writes bytes to a temporary file beside the target and renames it.
    ///
    /// - Throws: `AssetError` of code `unwritableFile`.
    public static func write(_ bytes: Bytes, to path: String) throws(AssetError) {
        let temporary = "\(path).\(UUID().uuidString.lowercased()).part"
        do {
            guard FileManager.default.createFile(atPath: temporary, contents: nil),
                let handle = FileHandle(forWritingAtPath: temporary)
            else { throw CocoaError(.fileWriteUnknown) }
            var position = 0
            while position < bytes.count, let part = bytes.slice(position..<min(position + piece, bytes.count)) {
                try handle.write(contentsOf: part.array)
                position += part.count
            }
            try handle.close()
            // POSIX rename replaces a file in one step; Foundation has no such call that works on Linux.
            guard unsafe rename(temporary, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw AssetError(
                .unwritableFile, subject: path, reason: FileTree.reason(error),
                remedy: "check that the folder exists, may be written to, and that the disk has room")
        }
    }
}

public import Tensors

/// Writes whole files, so that nobody ever reads half of one.
public enum FileWriter {
    /// Writes bytes to a temporary file beside the target and renames it.
    ///
    /// - Throws: `AssetError` of code `unwritableFile`.
    public static func write(_ bytes: Bytes, to path: String) throws(AssetError) {
        do {
            let file = try AtomicFile(path: path)
            try file.write(bytes)
            try file.commit()
        } catch {
            throw AssetError(.unwritableFile, subject: error.subject, reason: error.reason, remedy: error.remedy)
        }
    }
}

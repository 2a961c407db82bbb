import Foundation

/// What libraries print on standard output between two moments, kept in a file.
///
/// A worker points standard output at standard error; meanwhile it points at the file, so that what else the process says
/// stays out of the text, and no reader of a pipe holds the library up.
struct OutputCapture {
    /// Why nothing can be captured.
    struct Failure: Error {
        let reason: String
    }

    private let url: URL
    private let file: FileHandle
    private let saved: Int32

    /// Begins to capture.
    init() throws(Failure) {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString).txt")
        guard FileManager.default.createFile(atPath: url.path, contents: nil),
            let file = try? FileHandle(forUpdating: url)
        else { throw Failure(reason: "\(url.path): it cannot be made") }
        self.file = file
        Self.flush()
        saved = dup(1)
        guard saved >= 0, dup2(file.fileDescriptor, 1) == 1 else {
            throw Failure(reason: "standard output cannot be moved")
        }
    }

    /// Ends the capture and gives what was printed, at most so many bytes of it.
    func finish(limit: Int = 1 << 28) -> String {
        Self.flush()
        dup2(saved, 1)
        close(saved)
        defer { try? FileManager.default.removeItem(at: url) }
        try? file.seek(toOffset: 0)
        let data = try? file.read(upToCount: limit)
        try? file.close()
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    /// Writes out what the C library still holds.
    private static func flush() { _ = fflush(nil) }
}

import Engines
import Foundation

/// What libraries print on standard output between two moments, kept in a file.
///
/// A worker points standard output at standard error; meanwhile it points at the file, so that what else the process says
/// stays out of the text, and no reader of a pipe holds the library up.
struct OutputCapture {
    private let file: NamelessFile
    private let saved: Int32

    /// Begins to capture.
    ///
    /// - Throws: `EngineError` of code `runFailed`.
    init(subject: String) throws(EngineError) {
        file = try NamelessFile(subject: subject)
        Self.flush()
        saved = dup(1)
        guard saved >= 0, dup2(file.descriptor, 1) == 1 else {
            throw EngineError(.runFailed, subject: subject, reason: "standard output cannot be moved")
        }
    }

    /// Ends the capture and gives what was printed, at most so many bytes of it.
    func finish(limit: Int = 1 << 28) -> String {
        Self.flush()
        dup2(saved, 1)
        close(saved)
        let handle = FileHandle(fileDescriptor: file.descriptor, closeOnDealloc: false)
        try? handle.seek(toOffset: 0)
        return String(decoding: (try? handle.read(upToCount: limit)) ?? Data(), as: UTF8.self)
    }

    /// Writes out what the C library still holds.
    private static func flush() { _ = fflush(nil) }
}

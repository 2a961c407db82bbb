import Foundation

/// A temporary file that no folder lists: it is gone with the last descriptor of it, whichever way its process ends.
package final class NamelessFile: Sendable {
    /// Where it is open in this process, as long as this object lives.
    package let descriptor: Int32

    /// Makes an empty file to read and write.
    ///
    /// - Throws: `EngineError` of code `runFailed` where no temporary file can be written.
    package convenience init(subject: String) throws(EngineError) {
        let path = (NSTemporaryDirectory() as NSString).appendingPathComponent("assay-" + UUID().uuidString)
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw EngineError(
                .runFailed, subject: subject, reason: "\(path): \(String(cString: strerror(errno)))",
                remedy: "point TMPDIR at a folder that can be written")
        }
        self.init(adopting: descriptor, of: path)
    }

    /// Takes the name from a file that a library has open; what the library still writes can be read here.
    ///
    /// - Throws: `EngineError` of code `runFailed` where there is no such file.
    package convenience init(unnaming path: String, subject: String) throws(EngineError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw EngineError(.runFailed, subject: subject, reason: "\(path): \(String(cString: strerror(errno)))")
        }
        self.init(adopting: descriptor, of: path)
    }

    private init(adopting descriptor: Int32, of path: String) {
        self.descriptor = descriptor
        unlink(path)
    }

    deinit { close(descriptor) }

    /// A path by which this process alone opens it.
    package var path: String {
        #if os(Linux)
            "/proc/self/fd/\(descriptor)"
        #else
            "/dev/fd/\(descriptor)"
        #endif
    }
}

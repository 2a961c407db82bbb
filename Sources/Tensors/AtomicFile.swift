import Foundation

/// A file that appears whole or not at all: bytes go to a temporary neighbour, which takes the name when it is finished.
///
/// A reader that has the old file mapped keeps it, so a file can be rewritten from its own content.
public final class AtomicFile {
    /// The name that the file will have.
    public let path: String
    /// Bytes written so far.
    public private(set) var count = 0
    private let temporary: String
    private var descriptor: Int32

    /// Opens the temporary neighbour.
    ///
    /// - Throws: `TensorError` of code `unwritableFile`.
    public init(path: String) throws(TensorError) {
        self.path = path
        temporary = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).part"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure() }
    }

    deinit { discard() }

    /// Appends bytes.
    ///
    /// - Throws: `TensorError` of code `unwritableFile`.
    public func write(_ bytes: Bytes) throws(TensorError) {
        try bytes.withUnsafeBytes { (source) throws(TensorError) in
            var position = 0
            while position < source.count, let base = source.baseAddress {
                let written = Foundation.write(descriptor, base + position, min(source.count - position, 1 << 30))
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { throw failure() }
                position += written
            }
        }
        count += bytes.count
    }

    /// Appends zeros up to a multiple of `alignment`.
    ///
    /// - Throws: `TensorError` of code `unwritableFile`.
    public func pad(to alignment: Int) throws(TensorError) {
        let excess = count % alignment
        if excess > 0 { try write(Bytes(copying: repeatElement(0, count: alignment - excess))) }
    }

    /// Gives the file its name; nothing can be written afterwards.
    ///
    /// - Throws: `TensorError` of code `unwritableFile`.
    public func commit() throws(TensorError) {
        guard descriptor >= 0 else { return }
        let closed = close(descriptor)
        descriptor = -1
        guard closed == 0, rename(temporary, path) == 0 else {
            let error = failure()
            unlink(temporary)
            throw error
        }
    }

    /// Removes what was written, unless the file has its name already.
    public func discard() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        unlink(temporary)
    }

    private func failure() -> TensorError {
        TensorError(
            .unwritableFile, subject: path, reason: String(cString: strerror(errno)),
            remedy: "check that the folder exists, may be written, and has room")
    }
}

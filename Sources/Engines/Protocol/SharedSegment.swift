import Foundation
import Tensors

/// A file in shared memory that carries the large tensors of one message.
///
/// The sender makes and fills it, the receiver maps it and unlinks it at once, so that nothing stays behind when either
/// end dies later. (A memory file descriptor would need no name, but a pipe cannot pass one.)
enum SharedSegment {
    static let directory = "/dev/shm"

    /// A name that no other message uses; every file of one worker starts with that worker's token.
    static func uniquePath(token: String) -> String {
        "\(prefix(token: token))\(String(UInt64.random(in: .min ... .max), radix: 16))"
    }

    /// Sixteen hexadecimal digits that no other worker has.
    static func uniqueToken() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Makes a small file that shows a worker whether it sees the same shared memory; `nil` where there is none.
    ///
    /// - Parameter token: with which the names of all files begin; a fresh one where none is given.
    static func probe(token: String? = nil) -> SharedProbe? {
        let token = token ?? uniqueToken()
        let path = uniquePath(token: token)
        let bytes = Bytes(copying: token.utf8)
        guard write([(0, bytes)], to: SegmentDescriptor(path: path, bytes: bytes.count)) else { return nil }
        return SharedProbe(path: path, token: token)
    }

    /// Removes whatever a worker or its client left behind by dying.
    static func removeAll(token: String) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else { return }
        for name in names where "\(directory)/\(name)".hasPrefix(prefix(token: token)) {
            unlink("\(directory)/\(name)")
        }
    }

    private static func prefix(token: String) -> String { "\(directory)/assay-\(token)-" }

    /// Makes the file and writes each piece at its offset; `false` when shared memory cannot hold it.
    static func write(_ pieces: [(offset: Int, bytes: Bytes)], to segment: SegmentDescriptor) -> Bool {
        let descriptor = open(segment.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // Reserved before it is touched: a full file system is an error here and would be a SIGBUS later.
        guard reserve(segment.bytes, in: descriptor),
            let memory = mmap(nil, segment.bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
            memory != MAP_FAILED
        else {
            unlink(segment.path)
            return false
        }
        for piece in pieces {
            piece.bytes.withUnsafeBytes { source in
                if let base = source.baseAddress {
                    (memory + piece.offset).copyMemory(from: base, byteCount: source.count)
                }
            }
        }
        munmap(memory, segment.bytes)
        return true
    }

    private static func reserve(_ count: Int, in descriptor: Int32) -> Bool {
        #if os(Linux)
            posix_fallocate(descriptor, 0, count) == 0
        #else
            ftruncate(descriptor, off_t(count)) == 0
        #endif
    }

    /// Maps the file of a received message and unlinks it; the mapping lives as long as the tensors in it.
    static func map(_ segment: SegmentDescriptor) throws(ProtocolViolation) -> Bytes {
        let name = segment.path.dropFirst(directory.count)
        guard segment.path.hasPrefix(directory + "/assay-"), !name.dropFirst().contains("/") else {
            throw ProtocolViolation("a shared segment has the path \(segment.path)")
        }
        defer { unlink(segment.path) }
        let bytes: Bytes
        do { bytes = try Bytes(mapping: segment.path) } catch {
            throw ProtocolViolation("the shared segment cannot be mapped: \(error.description)")
        }
        guard bytes.count == segment.bytes else {
            throw ProtocolViolation(
                "the shared segment \(segment.path) holds \(bytes.count) bytes, not the \(segment.bytes) stated")
        }
        return bytes
    }
}

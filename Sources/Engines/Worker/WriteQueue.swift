import Foundation
import Tensors

/// Bytes that wait until a worker reads them.
struct WriteQueue {
    private var chunks: [Bytes] = []
    private var next = 0
    private var written = 0

    var isEmpty: Bool { next == chunks.count }

    mutating func append(_ more: [Bytes]) { chunks += more }

    mutating func discard() {
        chunks = []
        next = 0
        written = 0
    }

    /// Writes as much as the pipe takes; `false` once nobody reads it.
    mutating func flush(to descriptor: Int32) -> Bool {
        while next < chunks.count {
            let chunk = chunks[next]
            let count = chunk.withUnsafeBytes { bytes in
                bytes.baseAddress.map { write(descriptor, $0 + written, bytes.count - written) } ?? 0
            }
            if count < 0 { return errno == EAGAIN || errno == EINTR }
            written += count
            guard written == chunk.count else { return true }
            next += 1
            written = 0
        }
        discard()
        return true
    }
}

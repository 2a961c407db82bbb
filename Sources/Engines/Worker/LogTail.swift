import Synchronization

/// The last bytes that a worker wrote to standard error.
final class LogTail: Sendable {
    private let limit: Int
    private let kept: Mutex<[UInt8]> = Mutex([])

    init(limit: Int) { self.limit = limit }

    func append(_ bytes: UnsafeRawBufferPointer) {
        kept.withLock { kept in
            kept.append(contentsOf: bytes)
            // Trimmed at twice the limit, so that a chatty library does not move the tail at every line.
            if kept.count > 2 * limit { kept.removeFirst(kept.count - limit) }
        }
    }

    /// The tail as text; whole lines where the beginning was cut.
    var text: String {
        kept.withLock { kept in
            guard kept.count > limit else { return String(decoding: kept, as: UTF8.self) }
            let tail = kept.suffix(limit)
            let start = tail.firstIndex(of: 0x0A).map { $0 + 1 } ?? tail.startIndex
            return String(decoding: tail[start...], as: UTF8.self)
        }
    }
}

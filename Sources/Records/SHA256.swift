public import Foundation

/// The SHA-256 hash of a byte stream, fed piece by piece (FIPS 180-4, section 6.2).
public struct SHA256: Sendable {
    private var state = SHA256State()
    private var pending: [UInt8] = []
    private var count: UInt64 = 0

    /// Makes the hash of no bytes yet.
    public init() {
        pending.reserveCapacity(64)
    }

    /// Feeds the next bytes of the stream.
    public mutating func update(_ bytes: RawSpan) {
        count &+= UInt64(bytes.byteCount)
        var offset = 0
        if !pending.isEmpty {
            while pending.count < 64, offset < bytes.byteCount {
                pending.append(Self.byte(bytes, at: offset))
                offset += 1
            }
            guard pending.count == 64 else { return }
            let block = pending
            unsafe state.absorb(block.span.bytes, from: 0, blocks: 1)
            pending.removeAll(keepingCapacity: true)
        }
        let blocks = (bytes.byteCount - offset) / 64
        if blocks > 0 {
            state.absorb(bytes, from: offset, blocks: blocks)
            offset += blocks * 64
        }
        while offset < bytes.byteCount {
            pending.append(Self.byte(bytes, at: offset))
            offset += 1
        }
    }

    /// Feeds the next bytes of the stream.
    public mutating func update(_ bytes: [UInt8]) {
        unsafe update(bytes.span.bytes)
    }

    /// Feeds the next bytes of the stream.
    public mutating func update(_ data: Data) {
        update(data.bytes)
    }

    /// Feeds the UTF-8 bytes of a text.
    public mutating func update(_ text: String) {
        update(Array(text.utf8))
    }

    /// The digest of the bytes fed so far; more may be fed afterwards.
    public var digest: Digest {
        var tail = pending
        tail.append(0x80)
        while tail.count % 64 != 56 { tail.append(0) }
        let bits = count &* 8
        for shift in stride(from: 56, through: 0, by: -8) {
            tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        var final = state
        unsafe final.absorb(tail.span.bytes, from: 0, blocks: tail.count / 64)
        return Digest(words: final.words)
    }

    /// The digest of some bytes.
    public static func digest(of bytes: [UInt8]) -> Digest {
        var hash = SHA256()
        hash.update(bytes)
        return hash.digest
    }

    /// The digest of some data.
    public static func digest(of data: Data) -> Digest {
        var hash = SHA256()
        hash.update(data)
        return hash.digest
    }

    /// The digest of the UTF-8 bytes of a text.
    public static func digest(of text: String) -> Digest {
        digest(of: Array(text.utf8))
    }

    /// The digest of a file, read a mebibyte at a time.
    ///
    /// - Throws: `RecordError` of code `unreadableFile`.
    public static func digest(ofFile path: String) throws(RecordError) -> Digest {
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            var hash = SHA256()
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(piece) }
            return hash.digest
        } catch {
            throw RecordError(
                .unreadableFile, subject: path, reason: "it cannot be read (\(error.localizedDescription))",
                remedy: "check that the file exists and may be read")
        }
    }

    /// One byte, bounds-checked; every bit pattern is a valid `UInt8`.
    private static func byte(_ bytes: RawSpan, at offset: Int) -> UInt8 {
        unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
}

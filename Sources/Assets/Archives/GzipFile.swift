public import Tensors

/// Gzip files (RFC 1952): one or more members, each checked against its CRC-32 and length.
public enum GzipFile {
    /// True when the bytes begin as a gzip member does.
    public static func matches(_ bytes: Bytes) -> Bool {
        bytes.count >= 18 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8
    }

    /// Decompresses all members, one after another.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - limit: the most bytes it may expand to.
    ///   - subject: what messages call the file.
    /// - Throws: `AssetError` of code `malformed` or `limitExceeded`.
    public static func decompress(_ bytes: Bytes, limit: Int = 1 << 31, subject: String) throws(AssetError) -> Bytes {
        var rest = bytes
        var output: [UInt8] = []
        repeat {
            let (member, consumed) = try self.member(rest, limit: limit - output.count, subject: subject)
            if output.isEmpty { output = member } else { output.append(contentsOf: member) }
            guard let next = rest.slice(consumed..<rest.count) else { throw malformed(subject) }
            rest = next
            // Some writers pad with zero bytes; the GNU tool accepts that too.
        } while rest.count > 0 && rest[0] != 0
        return Bytes(copying: output)
    }

    private static func malformed(_ subject: String, _ reason: String = "it is not a whole gzip file") -> AssetError {
        AssetError(.malformed, subject: subject, reason: reason, remedy: "fetch the file again")
    }

    private static func member(
        _ bytes: Bytes, limit: Int, subject: String
    ) throws(AssetError) -> (output: [UInt8], consumed: Int) {
        let start = try headerLength(bytes, subject: subject)
        guard let body = bytes.slice(start..<bytes.count) else { throw malformed(subject) }
        let trailing = LittleEndian(bytes)
        let expected = trailing.uint32(at: bytes.count - 4).map(Int.init)
        let result = try Inflate.decompress(body, limit: limit, expected: expected, subject: subject)
        let end = start + result.consumed
        guard let checksum = trailing.uint32(at: end), let size = trailing.uint32(at: end + 4) else {
            throw malformed(subject)
        }
        guard checksum == CRC32.checksum(result.output.span), size == UInt32(truncatingIfNeeded: result.output.count)
        else { throw malformed(subject, "its CRC-32 or its length is wrong") }
        return (result.output, end + 8)
    }

    private static func headerLength(_ bytes: Bytes, subject: String) throws(AssetError) -> Int {
        guard matches(bytes) else { throw malformed(subject) }
        let flags = bytes[3]
        guard flags & 0xE0 == 0 else { throw malformed(subject, "it sets reserved flags") }
        var position = 10
        if flags & 4 != 0 {
            guard let length = LittleEndian(bytes).uint16(at: position) else { throw malformed(subject) }
            position += 2 + Int(length)
        }
        for flag: UInt8 in [8, 16] where flags & flag != 0 {
            while position < bytes.count, bytes[position] != 0 { position += 1 }
            position += 1
        }
        if flags & 2 != 0 { position += 2 }
        guard position <= bytes.count else { throw malformed(subject) }
        return position
    }
}

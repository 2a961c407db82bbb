public import Tensors

/// A zip file (PKWARE APPNOTE 6.3, with zip64): stored and deflated members, each checked against its CRC-32.
///
/// Wheels, `.npz` files and new PyTorch checkpoints are zip files. Stored members are slices of the archive's own bytes.
public struct ZipArchive: Sendable {
    /// The regular files, in the order of the central directory.
    public let members: [ArchiveMember]
    private let bytes: Bytes
    private let subject: String
    private let byPath: [String: Int]

    private static let mostMembers = 1 << 20

    /// True when the bytes begin as a zip file does.
    public static func matches(_ bytes: Bytes) -> Bool {
        bytes.count >= 22 && bytes[0] == 0x50 && bytes[1] == 0x4B && (bytes[2] == 3 || bytes[2] == 5)
    }

    /// Reads the central directory.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - subject: what messages call the file.
    /// - Throws: `AssetError` of code `malformed`, `unsupported` or `limitExceeded`; also for members whose path leads out
    ///   of the archive's folder, and for two members of one path.
    public init(_ bytes: Bytes, subject: String) throws(AssetError) {
        let directory = try ZipDirectory(bytes, subject: subject)
        guard directory.count <= ZipArchive.mostMembers else {
            throw AssetError(.limitExceeded, subject: subject, reason: "it has \(directory.count) members")
        }
        let members = try directory.readMembers()
        var byPath: [String: Int] = [:]
        for (index, member) in members.enumerated() {
            guard byPath.updateValue(index, forKey: member.path) == nil else {
                throw AssetError(.malformed, subject: "\(subject), member '\(member.path)'", reason: "it occurs twice")
            }
        }
        self.members = members
        self.byPath = byPath
        self.bytes = bytes
        self.subject = subject
    }

    /// The member of a path.
    public func member(_ path: String) -> ArchiveMember? { byPath[path].map { members[$0] } }

    /// Unpacks one member.
    ///
    /// - Parameters:
    ///   - path: the member's path.
    ///   - limit: the most bytes it may expand to.
    /// - Throws: `AssetError` of code `notFound`, `malformed`, `unsupported` or `limitExceeded`.
    public func read(_ path: String, limit: Int = 1 << 31) throws(AssetError) -> Bytes {
        guard let member = member(path) else {
            throw AssetError(.notFound, subject: subject, reason: "it has no member '\(path)'")
        }
        return try read(member, limit: limit)
    }

    /// Unpacks one of this archive's members.
    ///
    /// - Throws: `AssetError` of code `malformed`, `unsupported` or `limitExceeded`.
    public func read(_ member: ArchiveMember, limit: Int = 1 << 31) throws(AssetError) -> Bytes {
        let subject = "\(subject), member '\(member.path)'"
        guard case .zip(let header, let compressedSize, let method, let checksum) = member.location else {
            throw AssetError(.notFound, subject: subject, reason: "it belongs to another archive")
        }
        guard member.size <= limit else {
            throw AssetError(
                .limitExceeded, subject: subject, reason: "it holds \(member.size) bytes, the limit is \(limit)")
        }
        let stored = try storedData(header: header, size: compressedSize, subject: subject)
        let data: Bytes
        switch method {
        case 0: data = stored
        case 8:
            let result = try Inflate.decompress(stored, limit: member.size, expected: member.size, subject: subject)
            data = Bytes(copying: result.output)
        default:
            throw AssetError(.unsupported, subject: subject, reason: "compression method \(method) is not read")
        }
        guard data.count == member.size, data.withByteSpan({ CRC32.checksum($0) }) == checksum else {
            throw AssetError(
                .malformed, subject: subject, reason: "its CRC-32 or its size is wrong", remedy: "fetch the file again")
        }
        return data
    }

    private func storedData(header: Int, size: Int, subject: String) throws(AssetError) -> Bytes {
        let reader = LittleEndian(bytes)
        guard reader.uint32(at: header) == 0x0403_4B50, let flags = reader.uint16(at: header + 6),
            let nameLength = reader.uint16(at: header + 26), let extraLength = reader.uint16(at: header + 28)
        else { throw AssetError(.malformed, subject: subject, reason: "no local header at byte \(header)") }
        guard flags & 1 == 0 else {
            throw AssetError(.unsupported, subject: subject, reason: "it is encrypted")
        }
        let start = header + 30 + Int(nameLength) + Int(extraLength)
        guard size <= bytes.count - start, let data = bytes.slice(start..<(start + size)) else {
            throw AssetError(.malformed, subject: subject, reason: "its data lie past the end of the file")
        }
        return data
    }
}

public import Tensors

/// A tar file (POSIX ustar, with GNU long names and pax paths): regular files only, links and devices are left out.
public struct TarArchive: Sendable {
    /// The regular files, in file order.
    public let members: [ArchiveMember]
    private let bytes: Bytes
    private let subject: String

    /// Indexes the members; nothing is copied.
    ///
    /// - Parameters:
    ///   - bytes: the whole file, decompressed.
    ///   - subject: what messages call the file.
    /// - Throws: `AssetError` of code `malformed`; also for members whose path leads out of the archive's folder.
    public init(_ bytes: Bytes, subject: String) throws(AssetError) {
        var members: [ArchiveMember] = []
        for entry in try TarEntry.all(in: bytes, subject: subject) where entry.kind == .regular {
            members.append(
                try TarArchive.member(
                    entry.name, size: entry.data.count, start: entry.data.lowerBound, subject: subject))
        }
        self.members = members
        self.bytes = bytes
        self.subject = subject
    }

    private static func member(
        _ name: String, size: Int, start: Int, subject: String
    ) throws(AssetError) -> ArchiveMember {
        guard let path = MemberPath.normalized(name) else {
            throw AssetError(
                .malformed, subject: "\(subject), member '\(name)'", reason: "its path leads out of the archive")
        }
        return ArchiveMember(path: path, size: size, location: .tar(start: start))
    }

    /// The member of a path; the last one where a path occurs twice, as unpacking would leave it.
    public func member(_ path: String) -> ArchiveMember? { members.last { $0.path == path } }

    /// The content of one member: a slice of the archive's bytes.
    ///
    /// - Throws: `AssetError` of code `notFound`.
    public func read(_ path: String) throws(AssetError) -> Bytes {
        guard let member = member(path), case .tar(let start) = member.location,
            let data = bytes.slice(start..<(start + member.size))
        else { throw AssetError(.notFound, subject: subject, reason: "it has no member '\(path)'") }
        return data
    }
}

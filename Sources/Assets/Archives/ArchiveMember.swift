/// One file inside an archive.
public struct ArchiveMember: Sendable, Hashable {
    /// Its path inside the archive, relative and without `..`.
    public let path: String
    /// Its size once unpacked, in bytes, as the archive states it.
    public let size: Int
    /// Where its data begin, and how they are stored; meaningful to the archive only.
    let location: Location

    /// Where a member's stored data are.
    enum Location: Sendable, Hashable {
        case zip(header: Int, compressedSize: Int, method: UInt16, checksum: UInt32)
        case tar(start: Int)
    }
}

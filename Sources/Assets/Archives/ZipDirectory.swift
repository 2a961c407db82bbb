import Tensors

/// The central directory of a zip file (APPNOTE 6.3, sections 4.3.12 to 4.3.16).
struct ZipDirectory {
    /// Members the end record declares, folders included.
    let count: Int
    private let start: Int
    private let bytes: Bytes
    private let subject: String

    init(_ bytes: Bytes, subject: String) throws(AssetError) {
        let reader = LittleEndian(bytes)
        // The end record is the last structure, before a comment of at most 65,535 bytes.
        var end = bytes.count - 22
        let lowest = max(0, end - 0xFFFF)
        while end >= lowest, reader.uint32(at: end) != 0x0605_4B50 { end -= 1 }
        guard end >= lowest, end >= 0, let count = reader.uint16(at: end + 10), let start = reader.uint32(at: end + 16)
        else {
            throw AssetError(
                .malformed, subject: subject, reason: "it is not a whole zip file: no end of central directory",
                remedy: "fetch the file again")
        }
        self.bytes = bytes
        self.subject = subject
        if count == 0xFFFF || start == 0xFFFF_FFFF,
            let large = try ZipDirectory.zip64(reader, before: end, subject: subject)
        {
            (self.count, self.start) = large
        } else {
            (self.count, self.start) = (Int(count), Int(start))
        }
    }

    private static func zip64(
        _ reader: LittleEndian, before end: Int, subject: String
    ) throws(AssetError) -> (count: Int, start: Int)? {
        guard reader.uint32(at: end - 20) == 0x0706_4B50 else { return nil }
        guard let record = reader.uint64(at: end - 12).flatMap({ Int(exactly: $0) }),
            reader.uint32(at: record) == 0x0606_4B50,
            record <= end, let count = reader.uint64(at: record + 32).flatMap({ Int(exactly: $0) }),
            let start = reader.uint64(at: record + 48).flatMap({ Int(exactly: $0) })
        else { throw AssetError(.malformed, subject: subject, reason: "its zip64 end record is broken") }
        return (count, start)
    }

    /// The regular files.
    func readMembers() throws(AssetError) -> [ArchiveMember] {
        var members: [ArchiveMember] = []
        var position = start
        for _ in 0..<count {
            let (member, next) = try readMember(at: position)
            if let member { members.append(member) }
            position = next
        }
        return members
    }

    private func readMember(at position: Int) throws(AssetError) -> (member: ArchiveMember?, next: Int) {
        let reader = LittleEndian(bytes)
        guard reader.uint32(at: position) == 0x0201_4B50, let method = reader.uint16(at: position + 10),
            let checksum = reader.uint32(at: position + 16), let compressed = reader.uint32(at: position + 20),
            let size = reader.uint32(at: position + 24), let nameLength = reader.uint16(at: position + 28),
            let extraLength = reader.uint16(at: position + 30), let commentLength = reader.uint16(at: position + 32),
            let header = reader.uint32(at: position + 42)
        else {
            throw AssetError(
                .malformed, subject: "\(subject), byte \(position)", reason: "the central directory is broken")
        }
        let nameStart = position + 46
        let extraStart = nameStart + Int(nameLength)
        let next = extraStart + Int(extraLength) + Int(commentLength)
        guard let name = bytes.slice(nameStart..<extraStart) else {
            throw AssetError(.malformed, subject: "\(subject), byte \(nameStart)", reason: "a name ends early")
        }
        let text = String(decoding: name.array, as: UTF8.self)
        guard let path = MemberPath.normalized(text) else {
            throw AssetError(
                .malformed, subject: "\(subject), member '\(text)'", reason: "its path leads out of the archive")
        }
        if text.hasSuffix("/") { return (nil, next) }

        var wide = Zip64Extra(reader, start: extraStart, length: Int(extraLength))
        guard let size = wide.resolve(size), let compressed = wide.resolve(compressed),
            let header = wide.resolve(header)
        else {
            throw AssetError(.malformed, subject: "\(subject), member '\(path)'", reason: "its zip64 sizes are broken")
        }
        let location = ArchiveMember.Location.zip(
            header: header, compressedSize: compressed, method: method, checksum: checksum)
        return (ArchiveMember(path: path, size: size, location: location), next)
    }
}

/// The 64-bit values that replace fields of all ones, in the order in which such fields occur (section 4.5.3).
private struct Zip64Extra {
    private let reader: LittleEndian
    private var next: Int
    private var end: Int

    init(_ reader: LittleEndian, start: Int, length: Int) {
        self.reader = reader
        next = 0
        end = 0
        var position = start
        while position + 4 <= start + length, let tag = reader.uint16(at: position),
            let size = reader.uint16(at: position + 2)
        {
            if tag == 1 {
                next = position + 4
                end = min(next + Int(size), start + length)
                return
            }
            position += 4 + Int(size)
        }
    }

    mutating func resolve(_ field: UInt32) -> Int? {
        guard field == 0xFFFF_FFFF else { return Int(field) }
        guard next + 8 <= end, let value = reader.uint64(at: next) else { return nil }
        next += 8
        return Int(exactly: value)
    }
}

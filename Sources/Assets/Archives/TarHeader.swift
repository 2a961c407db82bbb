import Tensors

/// One 512-byte header of a tar file.
struct TarHeader {
    /// What follows the header.
    enum Kind {
        case regular
        case directory
        case symbolicLink
        case hardLink
        case longName
        case longLink
        case extendedHeader
        case other
    }

    let name: String
    let size: Int
    let kind: Kind
    /// The permission bits.
    let mode: Int
    /// What a link points at.
    let link: String

    init(_ header: Bytes, subject: String) throws(AssetError) {
        let bytes = header.array
        guard TarHeader.checksumHolds(bytes) else {
            throw AssetError(
                .malformed, subject: subject, reason: "the checksum of a header is wrong",
                remedy: "fetch the file again")
        }
        guard let size = TarHeader.number(bytes[124..<136]) else {
            throw AssetError(.malformed, subject: subject, reason: "the size of a member is not a number")
        }
        let short = TarHeader.text(bytes[0..<100])
        let isPOSIX = TarHeader.text(bytes[257..<262]) == "ustar" && bytes[262] == 0
        let prefix = isPOSIX ? TarHeader.text(bytes[345..<500]) : ""
        name = prefix.isEmpty ? short : "\(prefix)/\(short)"
        switch bytes[156] {
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): kind = name.hasSuffix("/") ? .directory : .regular
        case UInt8(ascii: "1"): kind = .hardLink
        case UInt8(ascii: "2"): kind = .symbolicLink
        case UInt8(ascii: "5"): kind = .directory
        case UInt8(ascii: "K"): kind = .longLink
        case UInt8(ascii: "L"): kind = .longName
        case UInt8(ascii: "x"): kind = .extendedHeader
        default: kind = .other
        }
        mode = (TarHeader.number(bytes[100..<108]) ?? 0o644) & 0o777
        link = TarHeader.text(bytes[157..<257])
        // Links state the size of what they point at but carry no data.
        self.size = kind == .hardLink || kind == .symbolicLink ? 0 : size
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Octal text, or base 256 where the first bit is set (GNU).
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        guard let first = field.first else { return nil }
        if first & 0x80 != 0 {
            var value = 0
            for byte in [first & 0x7F] + field.dropFirst() {
                guard value <= Int.max >> 8 else { return nil }
                value = value << 8 | Int(byte)
            }
            return value
        }
        let digits = text(field).split(separator: " ").first.map(String.init) ?? "0"
        guard let value = Int(digits, radix: 8), value >= 0 else { return nil }
        return value
    }

    private static func checksumHolds(_ bytes: [UInt8]) -> Bool {
        var sum = 0
        for (index, byte) in bytes.enumerated() { sum += (148..<156).contains(index) ? 32 : Int(byte) }
        return number(bytes[148..<156]) == sum
    }

    /// A record of a pax extended header, `path` or `linkpath`: "LENGTH path=VALUE\n".
    static func extended(_ key: String, in data: Bytes) -> String? {
        let text = String(decoding: data.array, as: UTF8.self)
        for line in text.split(separator: "\n") {
            guard let space = line.firstIndex(of: " ") else { continue }
            let record = line[line.index(after: space)...]
            if record.hasPrefix(key + "=") { return String(record.dropFirst(key.count + 1)) }
        }
        return nil
    }
}

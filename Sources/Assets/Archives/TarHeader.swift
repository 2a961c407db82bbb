import Tensors

/// One 512-byte header of a tar file.
struct TarHeader {
    /// What follows the header.
    enum Kind {
        case regular
        case longName
        case extendedHeader
        case other
    }

    let name: String
    let size: Int
    let kind: Kind

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
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): kind = name.hasSuffix("/") ? .other : .regular
        case UInt8(ascii: "L"): kind = .longName
        case UInt8(ascii: "x"): kind = .extendedHeader
        default: kind = .other
        }
        // Links state the size of what they point at but carry no data.
        let isLink = bytes[156] == UInt8(ascii: "1") || bytes[156] == UInt8(ascii: "2")
        self.size = isLink ? 0 : size
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

    /// The `path` record of a pax extended header: "LENGTH path=VALUE\n".
    static func paxPath(_ data: Bytes) -> String? {
        let text = String(decoding: data.array, as: UTF8.self)
        for line in text.split(separator: "\n") {
            guard let space = line.firstIndex(of: " ") else { continue }
            let record = line[line.index(after: space)...]
            if record.hasPrefix("path=") { return String(record.dropFirst(5)) }
        }
        return nil
    }
}

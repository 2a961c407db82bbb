public import Foundation

/// Small PNG files of known content, made without a codec.
public enum TestPicture {
    /// A square RGB picture whose pixels are given by a function of column and row.
    public static func png(side: Int, _ pixel: (Int, Int) -> (UInt8, UInt8, UInt8)) -> Data {
        var raw: [UInt8] = []
        for row in 0..<side {
            raw.append(0)
            for column in 0..<side {
                let (red, green, blue) = pixel(column, row)
                raw += [red, green, blue]
            }
        }
        let header = word(UInt32(side)) + word(UInt32(side)) + [8, 2, 0, 0, 0]
        let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
        return Data(signature + chunk("IHDR", header) + chunk("IDAT", stored(raw)) + chunk("IEND", []))
    }

    /// A zlib stream of stored blocks (RFC 1950, RFC 1951 section 3.2.4).
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: bytes.count, by: 65_535) {
            let piece = bytes[start..<min(start + 65_535, bytes.count)]
            let count = UInt16(piece.count)
            out.append(start + piece.count == bytes.count ? 1 : 0)
            for value in [count, ~count] {
                out += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
            }
            out += piece
        }
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return out + word(high << 16 | low)
    }

    private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + content
        var crc = UInt32.max
        for byte in body {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xedb8_8320 : crc >> 1 }
        }
        return word(UInt32(content.count)) + body + word(~crc)
    }

    private static func word(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }
}

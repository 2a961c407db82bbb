/// The CRC-32 of zip, gzip and PNG (ISO 3309, polynomial 0xEDB88320), computed eight bytes at a time.
public struct CRC32: Sendable {
    private var state: UInt32 = ~0

    /// Starts with no bytes.
    public init() {}

    /// The checksum of the bytes so far.
    public var value: UInt32 { ~state }

    /// The checksum of some bytes.
    public static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
        var crc = CRC32()
        crc.update(bytes)
        return crc.value
    }

    /// Adds bytes.
    public mutating func update(_ bytes: Span<UInt8>) {
        let tables = CRC32.tables.span
        var crc = state
        var index = 0
        while index &+ 8 <= bytes.count {
            let low = crc ^ CRC32.word(bytes, at: index)
            let high = CRC32.word(bytes, at: index &+ 4)
            crc = tables[1792 &+ Int(low & 255)] ^ tables[1536 &+ Int((low >> 8) & 255)]
            crc ^= tables[1280 &+ Int((low >> 16) & 255)] ^ tables[1024 &+ Int(low >> 24)]
            crc ^= tables[768 &+ Int(high & 255)] ^ tables[512 &+ Int((high >> 8) & 255)]
            crc ^= tables[256 &+ Int((high >> 16) & 255)] ^ tables[Int(high >> 24)]
            index &+= 8
        }
        while index < bytes.count {
            crc = tables[Int((crc ^ UInt32(bytes[index])) & 255)] ^ (crc >> 8)
            index &+= 1
        }
        state = crc
    }

    private static func word(_ bytes: Span<UInt8>, at index: Int) -> UInt32 {
        UInt32(bytes[index]) | UInt32(bytes[index &+ 1]) << 8 | UInt32(bytes[index &+ 2]) << 16
            | UInt32(bytes[index &+ 3]) << 24
    }

    /// Table k maps a byte to its effect k bytes further on; 8 × 256 entries.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
            tables[byte] = crc
        }
        for index in 256..<(8 * 256) {
            let previous = tables[index - 256]
            tables[index] = tables[Int(previous & 255)] ^ (previous >> 8)
        }
        return tables
    }()
}

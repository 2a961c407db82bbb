import Tensors

/// Checked loads of little-endian integers at any byte.
struct LittleEndian {
    private let bytes: Bytes

    init(_ bytes: Bytes) { self.bytes = bytes }

    func uint16(at offset: Int) -> UInt16? { load(2, at: offset).map { UInt16(truncatingIfNeeded: $0) } }

    func uint32(at offset: Int) -> UInt32? { load(4, at: offset).map { UInt32(truncatingIfNeeded: $0) } }

    func uint64(at offset: Int) -> UInt64? { load(8, at: offset) }

    private func load(_ width: Int, at offset: Int) -> UInt64? {
        guard offset >= 0, offset <= bytes.count - width else { return nil }
        return bytes.withByteSpan { span in
            var value: UInt64 = 0
            for index in stride(from: width - 1, through: 0, by: -1) {
                value = value << 8 | UInt64(span[offset + index])
            }
            return value
        }
    }
}

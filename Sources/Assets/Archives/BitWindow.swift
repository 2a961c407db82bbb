/// Up to 64 bits read ahead of a byte stream, least significant bit first, as deflate packs them.
struct BitWindow {
    /// The bits read ahead; those above `available` are zero.
    private(set) var window: UInt64 = 0
    /// How many of them are valid.
    private(set) var available = 0
    private var position = 0

    /// Bytes of the input that are fully or partly used.
    var consumed: Int { position - available / 8 }

    /// Reads whole bytes until at least 57 bits are available or the input ends.
    mutating func refill(_ input: Span<UInt8>) {
        while available <= 56, position < input.count {
            window |= UInt64(input[position]) << UInt64(available)
            position &+= 1
            available &+= 8
        }
    }

    /// Takes `count` bits, at most 16; `nil` when fewer are available.
    mutating func take(_ count: Int) -> Int? {
        guard count <= available else { return nil }
        let value = Int(truncatingIfNeeded: window & (1 << UInt64(count) &- 1))
        drop(count)
        return value
    }

    /// Discards bits that are known to be available.
    mutating func drop(_ count: Int) {
        window >>= UInt64(count)
        available &-= count
    }

    /// Discards the rest of the byte that is partly used.
    mutating func alignToByte() { drop(available % 8) }

    /// Continues at a byte of the input.
    mutating func seek(to byte: Int) {
        position = byte
        window = 0
        available = 0
    }
}

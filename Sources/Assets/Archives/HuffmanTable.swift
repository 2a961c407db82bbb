/// A canonical Huffman code of up to 15 bits (RFC 1951, section 3.2.2), decoded through one table look-up for short codes
/// and a walk over the code lengths for long ones.
struct HuffmanTable: Sendable {
    static let fastBits = 10

    /// For every pattern of `fastBits` bits: symbol << 4 | length, or 0 where the code is longer or unused.
    private var fast = [UInt16](repeating: 0, count: 1 << HuffmanTable.fastBits)
    /// Codes of each length.
    private var counts = [Int](repeating: 0, count: 16)
    /// Symbols in the order of their codes.
    private var symbols: [UInt16] = []

    /// Builds the code; `nil` when the lengths claim more codes than there are, or leave gaps.
    ///
    /// An incomplete code is allowed only where it has at most one symbol, as RFC 1951 allows for distances.
    init?(lengths: some Collection<UInt8>) {
        for length in lengths { counts[Int(length)] += 1 }
        let used = lengths.count - counts[0]
        counts[0] = 0
        var left = 1
        for length in 1...15 {
            left = left << 1 - counts[length]
            guard left >= 0 else { return nil }
        }
        guard left == 0 || used <= 1 else { return nil }

        var offsets = [Int](repeating: 0, count: 16)
        for length in 1..<15 { offsets[length + 1] = offsets[length] + counts[length] }
        symbols = [UInt16](repeating: 0, count: used)
        for (symbol, length) in lengths.enumerated() where length != 0 {
            symbols[offsets[Int(length)]] = UInt16(symbol)
            offsets[Int(length)] += 1
        }
        fillFastTable()
    }

    private mutating func fillFastTable() {
        var code = 0
        var next = 0
        for length in 1...HuffmanTable.fastBits {
            for _ in 0..<counts[length] {
                let entry = symbols[next] << 4 | UInt16(length)
                var pattern = HuffmanTable.reversed(code, bits: length)
                while pattern < fast.count {
                    fast[pattern] = entry
                    pattern += 1 << length
                }
                code += 1
                next += 1
            }
            code <<= 1
        }
    }

    private static func reversed(_ code: Int, bits: Int) -> Int {
        var result = 0
        for bit in 0..<bits where code >> bit & 1 == 1 { result |= 1 << (bits - 1 - bit) }
        return result
    }

    /// Decodes one symbol from the low bits of `window`, of which `available` are valid: symbol and code length, or `nil`.
    func decode(_ window: UInt64, available: Int) -> (symbol: Int, length: Int)? {
        let entry = fast[Int(truncatingIfNeeded: window) & (fast.count &- 1)]
        if entry != 0 {
            let length = Int(entry & 15)
            return length <= available ? (Int(entry >> 4), length) : nil
        }
        return decodeSlowly(window, available: available)
    }

    private func decodeSlowly(_ window: UInt64, available: Int) -> (symbol: Int, length: Int)? {
        var code = 0
        var first = 0
        var index = 0
        for length in 1...15 {
            guard length <= available else { return nil }
            code |= Int(truncatingIfNeeded: window >> UInt64(length - 1)) & 1
            let count = counts[length]
            if code - count < first { return (Int(symbols[index + code - first]), length) }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        return nil
    }
}

/// The eight chaining words of SHA-256 and its compression function (FIPS 180-4, sections 4.1.2 and 6.2.2).
struct SHA256State: Sendable {
    /// The words H0 to H7; at first the fractional parts of the square roots of the first eight primes.
    var words: InlineArray<8, UInt32> = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    /// The fractional parts of the cube roots of the first 64 primes.
    private static let constants: InlineArray<64, UInt32> = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]

    /// Compresses consecutive blocks of 64 bytes into the words.
    mutating func absorb(_ bytes: RawSpan, from offset: Int, blocks: Int) {
        let constants = Self.constants
        var schedule = InlineArray<16, UInt32>(repeating: 0)
        for block in 0..<blocks {
            let start = offset + block * 64
            for index in 0..<16 {
                // Bounds-checked; every bit pattern is a valid `UInt32`.
                let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: start + index * 4, as: UInt32.self)
                schedule[index] = UInt32(bigEndian: word)
            }
            compress(&schedule, constants)
        }
    }

    @inline(__always)
    private mutating func compress(_ schedule: inout InlineArray<16, UInt32>, _ constants: InlineArray<64, UInt32>) {
        var (a, b, c, d) = (words[0], words[1], words[2], words[3])
        var (e, f, g, h) = (words[4], words[5], words[6], words[7])
        // Eight rounds a turn, so that the words take each other's place by name instead of by moves.
        var round = 0
        while round < 64 {
            if round >= 16 { Self.extend(&schedule, half: round & 8) }
            let base = round & 8
            Self.step(a, b, c, &d, e, f, g, &h, constants[round] &+ schedule[base])
            Self.step(h, a, b, &c, d, e, f, &g, constants[round + 1] &+ schedule[base + 1])
            Self.step(g, h, a, &b, c, d, e, &f, constants[round + 2] &+ schedule[base + 2])
            Self.step(f, g, h, &a, b, c, d, &e, constants[round + 3] &+ schedule[base + 3])
            Self.step(e, f, g, &h, a, b, c, &d, constants[round + 4] &+ schedule[base + 4])
            Self.step(d, e, f, &g, h, a, b, &c, constants[round + 5] &+ schedule[base + 5])
            Self.step(c, d, e, &f, g, h, a, &b, constants[round + 6] &+ schedule[base + 6])
            Self.step(b, c, d, &e, f, g, h, &a, constants[round + 7] &+ schedule[base + 7])
            round += 8
        }
        words[0] &+= a
        words[1] &+= b
        words[2] &+= c
        words[3] &+= d
        words[4] &+= e
        words[5] &+= f
        words[6] &+= g
        words[7] &+= h
    }

    /// Eight further words of the message schedule, written over the eight oldest.
    @inline(__always)
    private static func extend(_ schedule: inout InlineArray<16, UInt32>, half: Int) {
        for index in half..<(half + 8) {
            let old = schedule[(index + 1) & 15]
            let recent = schedule[(index + 14) & 15]
            let lower = rotate(old, 7) ^ rotate(old, 18) ^ (old >> 3)
            let upper = rotate(recent, 17) ^ rotate(recent, 19) ^ (recent >> 10)
            schedule[index] = schedule[index] &+ lower &+ schedule[(index + 9) & 15] &+ upper
        }
    }

    /// One round: `word` is the message word plus the round constant.
    @inline(__always)
    private static func step(
        _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
        _ h: inout UInt32, _ word: UInt32
    ) {
        let choice = g ^ (e & (f ^ g))
        let majority = (a & b) | (c & (a | b))
        let first = h &+ word &+ choice &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25))
        d &+= first
        h = first &+ majority &+ (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22))
    }

    @inline(__always)
    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        (word >> count) | (word << (32 - count))
    }
}

public import Tensors

/// The Secure Hash Algorithm SHA-256 (FIPS 180-4, section 6.2), fed piece by piece.
public struct SHA256: Sendable {
    private var state = SIMD8<UInt32>(
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19)
    private var pending: [UInt8] = []
    private var length: UInt64 = 0

    /// Starts with no bytes.
    public init() {}

    /// The hash of some bytes.
    public static func hash(_ bytes: Bytes) -> ContentHash {
        bytes.withByteSpan { hash($0) }
    }

    /// The hash of some bytes.
    public static func hash(_ bytes: Span<UInt8>) -> ContentHash {
        var sha = SHA256()
        sha.update(bytes)
        return sha.finalize()
    }

    /// Adds bytes.
    public mutating func update(_ bytes: Span<UInt8>) {
        length &+= UInt64(bytes.count)
        var position = 0
        if !pending.isEmpty {
            while pending.count < 64, position < bytes.count {
                pending.append(bytes[position])
                position &+= 1
            }
            guard pending.count == 64 else { return }
            let block = pending
            SHA256.compress(block.span, at: 0, into: &state)
            pending.removeAll(keepingCapacity: true)
        }
        while position &+ 64 <= bytes.count {
            SHA256.compress(bytes, at: position, into: &state)
            position &+= 64
        }
        while position < bytes.count {
            pending.append(bytes[position])
            position &+= 1
        }
    }

    /// The hash of all bytes added; nothing can be added afterwards.
    public consuming func finalize() -> ContentHash {
        let bitLength = length &* 8
        pending.append(0x80)
        while pending.count % 64 != 56 { pending.append(0) }
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            pending.append(UInt8(truncatingIfNeeded: bitLength >> shift))
        }
        let tail = pending
        for start in stride(from: 0, to: tail.count, by: 64) {
            SHA256.compress(tail.span, at: start, into: &state)
        }
        return ContentHash(words: state)
    }

    /// One block of 64 bytes: the message schedule is kept as a ring of 16 words.
    private static func compress(_ bytes: Span<UInt8>, at start: Int, into state: inout SIMD8<UInt32>) {
        var schedule = SIMD16<UInt32>()
        for index in 0..<16 {
            let byte = start &+ index &* 4
            schedule[index] =
                UInt32(bytes[byte]) << 24 | UInt32(bytes[byte &+ 1]) << 16 | UInt32(bytes[byte &+ 2]) << 8
                | UInt32(bytes[byte &+ 3])
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        let constants = constants.span
        for round in 0..<64 {
            let slot = round & 15
            if round >= 16 {
                let w15 = schedule[(round &+ 1) & 15]
                let w2 = schedule[(round &+ 14) & 15]
                let s0 = w15.rotated(7) ^ w15.rotated(18) ^ (w15 >> 3)
                let s1 = w2.rotated(17) ^ w2.rotated(19) ^ (w2 >> 10)
                schedule[slot] = schedule[slot] &+ s0 &+ schedule[(round &+ 9) & 15] &+ s1
            }
            let sum1 = e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)
            let choice = (e & f) ^ (~e & g)
            let first = h &+ sum1 &+ choice &+ constants[round] &+ schedule[slot]
            let sum0 = a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)
            let majority = (a & b) ^ (a & c) ^ (b & c)
            (h, g, f, e) = (g, f, e, d &+ first)
            (d, c, b, a) = (c, b, a, first &+ sum0 &+ majority)
        }
        state &+= SIMD8(a, b, c, d, e, f, g, h)
    }

    private static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}

extension UInt32 {
    fileprivate func rotated(_ count: UInt32) -> UInt32 { self &>> count | self &<< (32 &- count) }
}

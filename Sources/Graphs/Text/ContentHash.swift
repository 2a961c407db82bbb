import Tensors

/// Names content in text by its FNV-1a hash (64 bits, Fowler, Noll and Vo); no protection against forgery.
enum ContentHash {
    static func text(_ bytes: Bytes) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        bytes.withByteSpan { span in
            for index in span.indices { hash = (hash ^ UInt64(span[index])) &* 0x100_0000_01B3 }
        }
        let digits = String(hash, radix: 16)
        return "#" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Of strings, each counts with its length before it, so that no two lists run together alike.
    static func text(_ tensor: Tensor) -> String {
        switch tensor.storage {
        case .bytes(let bytes): text(bytes)
        case .strings(let strings): text(Bytes(copying: strings.flatMap { "\($0.utf8.count):\($0)".utf8 }))
        }
    }
}

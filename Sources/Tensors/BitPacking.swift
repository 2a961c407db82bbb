/// Elements narrower than a byte, in a stream whose low bits come first, as the ONNX standard packs them.
enum BitPacking {
    /// One code a byte.
    static func unpack(_ bytes: UnsafeRawBufferPointer, width: Int, count: Int) -> [UInt8] {
        let mask = UInt16(1) << UInt16(width) - 1
        return [UInt8](unsafeUninitializedCapacity: count) { codes, initialized in
            for index in 0..<count {
                let bit = index * width
                var word = UInt16(bytes[bit / 8])
                if bit % 8 + width > 8 { word |= UInt16(bytes[bit / 8 + 1]) << 8 }
                codes[index] = UInt8(truncatingIfNeeded: word >> UInt16(bit % 8) & mask)
            }
            initialized = count
        }
    }

    /// The reverse of `unpack`; bits of the last byte that no element takes are 0.
    static func pack(_ codes: [UInt8], width: Int) -> [UInt8] {
        guard width < 8 else { return codes }
        var bytes = [UInt8](repeating: 0, count: (codes.count * width + 7) / 8)
        let mask = UInt8((1 << width) - 1)
        for (index, code) in codes.enumerated() {
            let bit = index * width
            let word = UInt16(code & mask) << UInt16(bit % 8)
            bytes[bit / 8] |= UInt8(truncatingIfNeeded: word)
            if bit % 8 + width > 8 { bytes[bit / 8 + 1] |= UInt8(word >> 8) }
        }
        return bytes
    }
}

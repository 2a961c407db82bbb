import Tensors

/// Reads the arguments of pickle instructions from the bytes of a file, checked at every step.
struct PickleReader: Sendable {
    let bytes: Bytes
    let subject: String
    private(set) var position: Int

    init(_ bytes: Bytes, position: Int, subject: String) {
        self.bytes = bytes
        self.position = position
        self.subject = subject
    }

    func malformed(_ reason: String) -> AssetError {
        AssetError(.malformed, subject: "\(subject), byte \(position)", reason: reason, remedy: "fetch the file again")
    }

    func refused(at byte: Int, _ reason: String) -> AssetError {
        AssetError(
            .refusedCheckpoint, subject: "\(subject), byte \(byte)", reason: reason,
            remedy: "only plain tensors are read; save the state dictionary alone")
    }

    mutating func byte() throws(AssetError) -> UInt8 {
        guard position < bytes.count else { throw malformed("the pickle ends early") }
        defer { position += 1 }
        return bytes[position]
    }

    /// An unsigned little-endian integer of 1 to 8 bytes.
    mutating func unsigned(_ width: Int) throws(AssetError) -> Int {
        guard width <= bytes.count - position else { throw malformed("the pickle ends early") }
        var value: UInt64 = 0
        for index in 0..<width { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
        guard let result = Int(exactly: value) else { throw malformed("a length of \(value) bytes") }
        position += width
        return result
    }

    /// A two's-complement little-endian integer of `width` bytes; wider ones than 8 are valid where they fit in 64 bits.
    mutating func signed(_ width: Int) throws(AssetError) -> Int? {
        let slice = try data(width).array
        guard let last = slice.last else { return 0 }
        let fill: UInt8 = last & 0x80 == 0 ? 0 : 0xFF
        guard slice.dropFirst(8).allSatisfy({ $0 == fill }) else { return nil }
        var value: UInt64 = fill == 0 ? 0 : ~0
        for (index, byte) in slice.prefix(8).enumerated().reversed() {
            let shift = UInt64(8 * index)
            value = value & ~(0xFF << shift) | UInt64(byte) << shift
        }
        let result = Int(truncatingIfNeeded: value)
        return (result < 0) == (fill != 0) ? result : nil
    }

    mutating func float() throws(AssetError) -> Double {
        let bits = try data(8).array.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Double(bitPattern: bits)
    }

    /// The next bytes, as a slice of the file.
    mutating func data(_ count: Int) throws(AssetError) -> Bytes {
        guard count <= bytes.count - position, let slice = bytes.slice(position..<(position + count)) else {
            throw malformed("\(count) bytes are announced and \(bytes.count - position) are left")
        }
        position += count
        return slice
    }

    mutating func text(_ count: Int) throws(AssetError) -> String {
        guard let text = String(validating: try data(count).array, as: UTF8.self) else {
            throw malformed("a text is not UTF-8")
        }
        return text
    }

    /// Text up to a line feed, at most 256 bytes, as GLOBAL has it.
    mutating func line() throws(AssetError) -> String {
        let start = position
        while try byte() != 0x0A {
            guard position - start <= 256 else { throw malformed("a name of more than 256 bytes") }
        }
        let slice = bytes.slice(start..<(position - 1))
        return String(decoding: slice?.array ?? [], as: UTF8.self)
    }
}

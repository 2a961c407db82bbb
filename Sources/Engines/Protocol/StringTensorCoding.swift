import Tensors

/// Strings as the protocol carries them: each a 32-bit little-endian length, then its UTF-8.
enum StringTensorCoding {
    static func encode(_ strings: [String]) -> Bytes {
        var bytes: [UInt8] = []
        for string in strings {
            let utf8 = Array(string.utf8)
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: utf8.count >> (8 * $0)) }
            bytes += utf8
        }
        return Bytes(copying: bytes)
    }

    static func decode(_ bytes: Bytes, count: Int) throws(ProtocolViolation) -> [String] {
        let array = bytes.array
        // Every string takes four bytes at least, so a lying count is found out before anything is allocated for it.
        guard count >= 0, count <= array.count / 4 else {
            throw ProtocolViolation("\(count) strings do not fit \(array.count) bytes", offending: array)
        }
        var strings: [String] = []
        var position = 0
        for _ in 0..<count {
            guard array.count - position >= 4 else {
                throw ProtocolViolation("a string tensor ends early", offending: array[position...])
            }
            let length = (0..<4).reversed().reduce(0) { $0 << 8 | Int(array[position + $1]) }
            guard length <= array.count - position - 4 else {
                throw ProtocolViolation("a string is longer than its tensor", offending: array[position...])
            }
            strings.append(String(decoding: array[(position + 4)..<(position + 4 + length)], as: UTF8.self))
            position += 4 + length
        }
        guard position == array.count else {
            throw ProtocolViolation("bytes follow the last string", offending: array[position...])
        }
        return strings
    }
}

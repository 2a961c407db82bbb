public import Foundation

/// The binary form of raw samples: little-endian Int64, one after the other, nothing else.
public enum Samples {
    /// The bytes of some samples.
    public static func encode(_ samples: [Int64]) -> Data {
        var bytes = [UInt8](repeating: 0, count: samples.count * 8)
        for (index, sample) in samples.enumerated() {
            var rest = UInt64(bitPattern: sample)
            for offset in 0..<8 {
                bytes[index * 8 + offset] = UInt8(truncatingIfNeeded: rest)
                rest >>= 8
            }
        }
        return Data(bytes)
    }

    /// The samples in some bytes.
    ///
    /// - Throws: `RecordError` of code `malformed` when the bytes are not a multiple of eight.
    public static func decode(_ data: Data) throws(RecordError) -> [Int64] {
        guard data.count.isMultiple(of: 8) else {
            throw RecordError(
                .malformed, subject: "samples", reason: "\(data.count) bytes are not a whole number of 8-byte samples")
        }
        let bytes = [UInt8](data)
        return stride(from: 0, to: bytes.count, by: 8).map { start in
            var value: UInt64 = 0
            for offset in (0..<8).reversed() { value = value << 8 | UInt64(bytes[start + offset]) }
            return Int64(bitPattern: value)
        }
    }
}

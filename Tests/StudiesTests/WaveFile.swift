import Foundation

/// Sounds that tests make.
enum WaveFile {
    /// A WAV file of 16-bit samples at 8 kHz, by the format's own header.
    static func bytes(_ samples: [Int16]) -> Data {
        var data = Data()
        func add<Value: FixedWidthInteger>(_ value: Value) {
            for shift in stride(from: 0, to: Value.bitWidth, by: 8) {
                data.append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
        data += Data("RIFF".utf8)
        add(UInt32(36 + samples.count * 2))
        data += Data("WAVEfmt ".utf8)
        add(UInt32(16))
        for word in [UInt16(1), 1] { add(word) }
        for word in [UInt32(8000), 16000] { add(word) }
        for word in [UInt16(2), 16] { add(word) }
        data += Data("data".utf8)
        add(UInt32(samples.count * 2))
        for sample in samples { add(sample) }
        return data
    }
}

import Tensors

/// The `fmt ` chunk of a WAV file, and the decoding of samples that it describes.
struct WAVFormat {
    private let isFloat: Bool
    private let channels: Int
    private let sampleRate: Int
    private let bits: Int

    init(_ chunk: Bytes, subject: String) throws(AssetError) {
        guard chunk.count >= 16 else { throw WAVFile.malformed(subject, "its format chunk is too short") }
        var encoding = WAVFile.word16(chunk, 0)
        channels = WAVFile.word16(chunk, 2)
        sampleRate = WAVFile.word32(chunk, 4)
        bits = WAVFile.word16(chunk, 14)
        // The extensible format names its encoding in the first bytes of a GUID.
        if encoding == 0xFFFE, chunk.count >= 26 { encoding = WAVFile.word16(chunk, 24) }
        isFloat = encoding == 3
        let isKnown = encoding == 1 ? [8, 16, 24, 32].contains(bits) : isFloat && [32, 64].contains(bits)
        guard isKnown else {
            throw AssetError(
                .unsupported, subject: subject, reason: "its encoding \(encoding) with \(bits) bits is not read",
                remedy: "convert it to PCM of 16 bits")
        }
        guard channels > 0, sampleRate > 0 else {
            throw WAVFile.malformed(subject, "it claims \(channels) channels at \(sampleRate) samples a second")
        }
    }

    func decode(_ data: Bytes, subject: String) throws(AssetError) -> AudioClip {
        let width = bits / 8
        let frames = data.count / (width * channels)
        guard frames * channels <= WAVFile.maxSamples else {
            throw AssetError(
                .limitExceeded, subject: subject,
                reason: "it has \(frames * channels) samples, and at most \(WAVFile.maxSamples) are read")
        }
        let array = data.array
        var result = [[Float]](repeating: [], count: channels)
        for channel in 0..<channels {
            result[channel] = (0..<frames).map { value(array, ($0 * channels + channel) * width) }
        }
        return AudioClip(sampleRate: sampleRate, channels: result)
    }

    private func value(_ bytes: [UInt8], _ at: Int) -> Float {
        switch (bits, isFloat) {
        case (8, _): (Float(bytes[at]) - 128) / 128
        case (16, _): Float(Int16(truncatingIfNeeded: integer(bytes, at, 2))) / 32768
        // The 24 bits are moved to the top, so that their sign is the word's.
        case (24, _): Float(Int32(truncatingIfNeeded: integer(bytes, at, 3) << 8) >> 8) / 8_388_608
        case (32, false): Float(Double(Int32(truncatingIfNeeded: integer(bytes, at, 4))) / 2_147_483_648)
        case (32, true): Float(bitPattern: UInt32(truncatingIfNeeded: integer(bytes, at, 4)))
        default: Float(Double(bitPattern: integer(bytes, at, 8)))
        }
    }

    private func integer(_ bytes: [UInt8], _ at: Int, _ width: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in 0..<width { value |= UInt64(bytes[at + index]) << UInt64(8 * index) }
        return value
    }
}

public import Tensors

/// Reads WAV files (RIFF WAVE): PCM of 8, 16, 24 and 32 bits, and IEEE floats of 32 and 64.
public enum WAVFile {
    /// The most samples (all channels together) that are decoded: 1 GiB as floats.
    public static let maxSamples = 1 << 28

    /// Decodes a file; integers are divided by 2^(bits − 1), 8-bit ones after 128 is taken off.
    ///
    /// - Throws: `AssetError` of code `malformed` when it is no whole WAV file, `unsupported` for other encodings.
    public static func decode(_ bytes: Bytes, subject: String) throws(AssetError) -> AudioClip {
        guard tag(bytes, 0) == "RIFF", tag(bytes, 8) == "WAVE" else {
            throw malformed(subject, "it does not begin as a WAV file does")
        }
        var format: WAVFormat?
        var position = 12
        while position + 8 <= bytes.count {
            let length = word32(bytes, position + 4)
            let body = position + 8
            switch tag(bytes, position) {
            case "fmt ":
                guard let chunk = bytes.slice(body..<min(body + length, bytes.count)) else { break }
                format = try WAVFormat(chunk, subject: subject)
            case "data":
                guard let format else { throw malformed(subject, "its samples come before their format") }
                // Writers that could not seek back leave the length at its greatest value.
                let isOpenEnded = length >= 0xFFFF_FF00
                guard isOpenEnded || body + length <= bytes.count else {
                    throw malformed(subject, "it claims \(length) bytes of samples and has \(bytes.count - body)")
                }
                guard let data = bytes.slice(body..<(isOpenEnded ? bytes.count : body + length)) else { break }
                return try format.decode(data, subject: subject)
            default: break
            }
            position = body + length + (length & 1)
        }
        throw malformed(subject, "it has no samples")
    }

    static func malformed(_ subject: String, _ reason: String) -> AssetError {
        AssetError(.malformed, subject: subject, reason: reason, remedy: "give a whole WAV file")
    }

    private static func tag(_ bytes: Bytes, _ at: Int) -> String? {
        guard let part = bytes.slice(at..<(at + 4)) else { return nil }
        return String(decoding: part.array, as: UTF8.self)
    }

    static func word32(_ bytes: Bytes, _ at: Int) -> Int {
        word16(bytes, at) | word16(bytes, at + 2) << 16
    }

    static func word16(_ bytes: Bytes, _ at: Int) -> Int { Int(bytes[at]) | Int(bytes[at + 1]) << 8 }
}

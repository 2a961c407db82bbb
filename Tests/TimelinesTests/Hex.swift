/// Bytes as hexadecimal text, for golden files that can be read and compared line by line.
enum Hex {
    /// 32 bytes a line.
    static func text(_ bytes: [UInt8]) -> String {
        var text = ""
        for (index, byte) in bytes.enumerated() {
            let digits = String(byte, radix: 16)
            text += (byte < 16 ? "0" : "") + digits + (index % 32 == 31 ? "\n" : "")
        }
        return text + "\n"
    }

    /// The bytes that the text stands for.
    static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.filter { !$0.isWhitespace }.compactMap(\.hexDigitValue)
        guard digits.count % 2 == 0 else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}

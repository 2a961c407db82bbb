import Tensors

/// The chunks of a PNG file (ISO/IEC 15948, section 5), and the file reduced to those that carry samples.
///
/// Gamma, chromaticities and colour profiles are left out, because libpng's simplified interface would convert the
/// samples with them; Pillow and OpenCV, whose decoding models are trained with, do not.
struct PNGChunks {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let essential: Set<[UInt8]> = [
        Array("IHDR".utf8), Array("PLTE".utf8), Array("IDAT".utf8), Array("IEND".utf8), Array("tRNS".utf8),
    ]

    private(set) var width = 0
    private(set) var height = 0
    private(set) var bitDepth = 0
    private(set) var orientation = 1
    /// Signature and essential chunks, one after another.
    private(set) var essentialBytes: [UInt8] = PNGChunks.signature

    init(_ bytes: Bytes, subject: String) throws(ImageError) {
        guard let chunks = bytes.withUnsafeBytes({ PNGChunks(walking: $0) }) else {
            throw ImageError(
                .truncated, subject: subject, reason: "the PNG file ends before its IEND chunk",
                remedy: "copy or download the file again")
        }
        self = chunks
        guard width > 0, height > 0, width <= Int32.max, height <= Int32.max else {
            throw ImageError(.malformed, subject: subject, reason: "its header claims \(width)×\(height) pixels")
        }
    }

    private init?(walking bytes: UnsafeRawBufferPointer) {
        essentialBytes.reserveCapacity(bytes.count)
        var position = 8
        while position + 12 <= bytes.count {
            let length = Int(Self.bigEndian(bytes, at: position))
            let end = position + 12 + length
            guard end <= bytes.count else { return nil }
            let type = Array(bytes[(position + 4)..<(position + 8)])
            let body = UnsafeRawBufferPointer(rebasing: bytes[(position + 8)..<(position + 8 + length)])
            if type == Array("IHDR".utf8), length >= 13, width == 0 {
                width = Int(Self.bigEndian(body, at: 0))
                height = Int(Self.bigEndian(body, at: 4))
                bitDepth = Int(body[8])
            }
            if type == Array("eXIf".utf8) { orientation = ExifOrientation.value(inTIFF: body) ?? orientation }
            if Self.essential.contains(type) { essentialBytes.append(contentsOf: bytes[position..<end]) }
            if type == Array("IEND".utf8) { return }
            position = end
        }
        return nil
    }

    private static func bigEndian(_ bytes: UnsafeRawBufferPointer, at: Int) -> UInt32 {
        UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
    }
}

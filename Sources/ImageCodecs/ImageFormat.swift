public import Tensors

/// A file format of pictures, told from the first bytes.
public enum ImageFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// JPEG (ITU-T T.81), read by libturbojpeg.
    case jpeg
    /// PNG (ISO/IEC 15948), read by libpng.
    case png
    /// WebP (RFC 9649), read by libwebp.
    case webp
    /// JPEG 2000 (ITU-T T.800), read by OpenJPEG.
    case jpeg2000
    /// Device-independent bitmaps without compression.
    case bmp
    /// Portable bitmaps, graymaps and pixmaps of the Netpbm tools.
    case pnm
    /// Baseline TIFF (revision 6.0).
    case tiff

    /// The marker that a JPEG 2000 codestream starts with.
    static let codestreamSignature: [UInt8] = [0xFF, 0x4F, 0xFF, 0x51]
    /// The first box of a JP2 file.
    private static let boxSignature: [UInt8] = [0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A]

    /// The format that the signature states; `nil` for any other file.
    public init?(signatureOf bytes: Bytes) {
        let start = bytes.withUnsafeBytes { Array($0.prefix(16)) }
        if start.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if start.starts(with: PNGChunks.signature) {
            self = .png
        } else if start.starts(with: "RIFF".utf8), start.dropFirst(8).starts(with: "WEBP".utf8) {
            self = .webp
        } else if start.starts(with: Self.boxSignature) || start.starts(with: Self.codestreamSignature) {
            self = .jpeg2000
        } else if start.starts(with: BMPDecoder.signature) {
            self = .bmp
        } else if PNMDecoder.isSignature(start) {
            self = .pnm
        } else if TIFFDecoder.signatures.contains(where: { start.starts(with: $0) }) {
            self = .tiff
        } else {
            return nil
        }
    }
}

public import Tensors

/// A file format of pictures, told from the first bytes.
public enum ImageFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// JPEG (ITU-T T.81), read by libturbojpeg.
    case jpeg
    /// PNG (ISO/IEC 15948), read by libpng.
    case png

    /// The format that the signature states; `nil` for any other file.
    public init?(signatureOf bytes: Bytes) {
        let found: ImageFormat? = bytes.withUnsafeBytes { source in
            if source.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
            return source.starts(with: PNGChunks.signature) ? .png : nil
        }
        guard let found else { return nil }
        self = found
    }
}

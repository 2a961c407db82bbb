public import Tensors

/// Decoding of JPEG and PNG files to 8-bit pictures, and encoding to PNG.
public enum ImageCodec {
    /// Decodes a picture; the samples equal those of Pillow's `open(…).convert("RGB")` or `convert("L")`.
    ///
    /// Transparency is dropped, colour profiles and gamma are not applied, and EXIF orientation is ignored: turn the
    /// picture with `Image.oriented` where that is wanted. CMYK and more than 8 bits a sample are refused.
    /// - Parameter subject: what messages call the file.
    /// - Throws: `ImageError`; a truncated file is an error, never a half-grey picture.
    public static func decode(
        _ bytes: Bytes, as colorOrder: ColorOrder, limits: DecodeLimits = .standard, subject: String = "picture"
    ) throws(ImageError) -> Image {
        switch ImageFormat(signatureOf: bytes) {
        case .jpeg: try JPEGCodec.shared.get().decode(bytes, limits: limits, subject: subject).converted(to: colorOrder)
        case .png: try PNGCodec.shared.get().decode(bytes, limits: limits, subject: subject).converted(to: colorOrder)
        case nil:
            throw ImageError(
                .unknownFormat, subject: subject, reason: "it is neither a JPEG nor a PNG file",
                remedy: "convert it to PNG")
        }
    }

    /// The EXIF orientation of a JPEG or PNG file, 1 to 8; 1 when it states none or an invalid one.
    public static func orientation(of bytes: Bytes) -> Int {
        switch ImageFormat(signatureOf: bytes) {
        case .jpeg: (try? JPEGHeader(bytes, subject: ""))?.orientation ?? 1
        case .png: (try? PNGChunks(bytes, subject: ""))?.orientation ?? 1
        case nil: 1
        }
    }

    /// Encodes a picture as PNG without loss; a BGR picture is stored as RGB.
    ///
    /// - Throws: `ImageError` when libpng is absent or refuses.
    public static func encodePNG(_ image: Image) throws(ImageError) -> Bytes {
        try PNGCodec.shared.get().encode(image)
    }

    /// Why pictures of a format cannot be decoded here; `nil` when they can.
    public static func unavailability(of format: ImageFormat) -> ImageError? {
        switch format {
        case .jpeg: if case .failure(let error) = JPEGCodec.shared { error } else { nil }
        case .png: if case .failure(let error) = PNGCodec.shared { error } else { nil }
        }
    }

    /// Opens a codec's library under other names: what happens where it is not installed.
    package static func probe(libraryNames: [String], of format: ImageFormat) throws(ImageError) {
        switch format {
        case .jpeg: _ = try JPEGCodec(libraryNames: libraryNames)
        case .png: _ = try PNGCodec(libraryNames: libraryNames)
        }
    }
}

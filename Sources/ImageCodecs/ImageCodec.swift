public import Tensors

/// Decoding of picture files to 8-bit pictures, and encoding to PNG.
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
        guard let format = ImageFormat(signatureOf: bytes) else {
            throw ImageError(
                .unknownFormat, subject: subject,
                reason: "it is neither a JPEG, PNG, WebP, JPEG 2000, BMP, PNM nor TIFF file",
                remedy: "convert it to PNG")
        }
        return try decode(bytes, of: format, limits, subject).converted(to: colorOrder)
    }

    /// The picture in the channels that the file holds.
    private static func decode(
        _ bytes: Bytes, of format: ImageFormat, _ limits: DecodeLimits, _ subject: String
    ) throws(ImageError) -> Image {
        switch format {
        case .jpeg: return try JPEGCodec.shared.get().decode(bytes, limits: limits, subject: subject)
        case .png: return try PNGCodec.shared.get().decode(bytes, limits: limits, subject: subject)
        case .webp: return try WebPCodec.shared.get().decode(bytes, limits: limits, subject: subject)
        case .jpeg2000: return try JPEG2000Codec.shared.get().decode(bytes, limits: limits, subject: subject)
        case .bmp: return try BMPDecoder(bytes, limits: limits, subject: subject).decode()
        case .tiff: return try TIFFDecoder(bytes, limits: limits, subject: subject).decode()
        case .pnm:
            var decoder = try PNMDecoder(bytes, limits: limits, subject: subject)
            return try decoder.decode()
        }
    }

    /// The EXIF orientation of a JPEG or PNG file, 1 to 8; 1 when it states none or an invalid one.
    public static func orientation(of bytes: Bytes) -> Int {
        switch ImageFormat(signatureOf: bytes) {
        case .jpeg: (try? JPEGHeader(bytes, subject: ""))?.orientation ?? 1
        case .png: (try? PNGChunks(bytes, subject: ""))?.orientation ?? 1
        default: 1
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
        do throws(ImageError) {
            switch format {
            case .jpeg: _ = try JPEGCodec.shared.get()
            case .png: _ = try PNGCodec.shared.get()
            case .webp: _ = try WebPCodec.shared.get()
            case .jpeg2000: _ = try JPEG2000Codec.shared.get()
            case .bmp, .pnm, .tiff: break
            }
            return nil
        } catch { return error }
    }

    /// Opens a codec's library under other names: what happens where it is not installed.
    package static func probe(libraryNames: [String], of format: ImageFormat) throws(ImageError) {
        switch format {
        case .jpeg: _ = try JPEGCodec(libraryNames: libraryNames)
        case .png: _ = try PNGCodec(libraryNames: libraryNames)
        case .webp: _ = try WebPCodec(libraryNames: libraryNames)
        case .jpeg2000: _ = try JPEG2000Codec(libraryNames: libraryNames)
        // Nothing is opened for these.
        case .bmp, .pnm, .tiff: break
        }
    }
}

import CImageCodecs
import Foundation
import Tensors

/// The functions of libpng's simplified interface.
struct PNGCodec: Sendable {
    /// The library of this machine, opened once.
    static let shared: Result<PNGCodec, ImageError> = {
        do throws(ImageError) {
            return .success(try PNGCodec(libraryNames: ["libpng16.so.16", "libpng16.16.dylib", "libpng16.so"]))
        } catch { return .failure(error) }
    }()

    private let beginRead: assay_png_begin_read
    private let finishRead: assay_png_finish_read
    private let write: assay_png_write
    private let free: assay_png_free

    init(libraryNames: [String]) throws(ImageError) {
        let library = try SharedLibrary(anyOf: libraryNames, package: "libpng16-16")
        beginRead = try library.function("png_image_begin_read_from_memory", as: assay_png_begin_read.self)
        finishRead = try library.function("png_image_finish_read", as: assay_png_finish_read.self)
        write = try library.function("png_image_write_to_memory", as: assay_png_write.self)
        free = try library.function("png_image_free", as: assay_png_free.self)
    }

    /// Decodes to gray or RGB, as the file holds it; transparency is dropped.
    func decode(_ bytes: Bytes, limits: DecodeLimits, subject: String) throws(ImageError) -> Image {
        let chunks = try PNGChunks(bytes, subject: subject)
        try limits.check(width: chunks.width, height: chunks.height, subject: subject)
        guard chunks.bitDepth <= 8 else {
            throw ImageError(
                .unsupported, subject: subject,
                reason: "its samples have \(chunks.bitDepth) bits, and at most 8 are read",
                remedy: "convert it to 8 bits")
        }
        let source = chunks.essentialBytes
        var image = assay_png_image()
        image.version = UInt32(ASSAY_PNG_IMAGE_VERSION)
        // libpng keeps the address between the two calls, so both stand inside one closure.
        let result: Result<Image, ImageError> = source.withUnsafeBytes { memory in
            defer { free(&image) }
            guard beginRead(&image, memory.baseAddress, memory.count) != 0 else {
                return .failure(Self.refusal(image, subject: subject))
            }
            // A second IHDR is refused by libpng itself; comparing costs nothing and the buffer depends on it.
            guard Int(image.width) == chunks.width, Int(image.height) == chunks.height else {
                return .failure(ImageError(.malformed, subject: subject, reason: "it states two sizes"))
            }
            return finish(&image, subject: subject)
        }
        return try result.get()
    }

    private func finish(_ image: inout assay_png_image, subject: String) -> Result<Image, ImageError> {
        let hasColor = image.format & UInt32(ASSAY_PNG_FORMAT_FLAG_COLOR) != 0
        let hasAlpha = image.format & UInt32(ASSAY_PNG_FORMAT_FLAG_ALPHA) != 0
        let order: ColorOrder = hasColor ? .rgb : .gray
        image.format = UInt32(hasColor ? ASSAY_PNG_FORMAT_RGB : ASSAY_PNG_FORMAT_GRAY)
        if hasAlpha { image.format |= UInt32(ASSAY_PNG_FORMAT_FLAG_ALPHA) }
        let stored = order.channels + (hasAlpha ? 1 : 0)
        let (width, height) = (Int(image.width), Int(image.height))
        guard let count = Image.sampleCount(width, height, stored), count <= Int(UInt32.max),
            width * stored <= Int(Int32.max)
        else {
            return .failure(ImageError(.tooLarge, subject: subject, reason: "its size overflows"))
        }
        var samples = [UInt8](repeating: 0, count: count)
        guard samples.withUnsafeMutableBytes({ finishRead(&image, nil, $0.baseAddress, 0, nil) }) != 0 else {
            return .failure(Self.refusal(image, subject: subject))
        }
        if hasAlpha { samples = Self.withoutAlpha(samples, channels: order.channels) }
        return .success(Image(checkedWidth: width, height: height, colorOrder: order, pixels: samples))
    }

    private static func withoutAlpha(_ samples: [UInt8], channels: Int) -> [UInt8] {
        let pixels = samples.count / (channels + 1)
        return [UInt8](unsafeUninitializedCapacity: pixels * channels) { target, initialized in
            samples.withUnsafeBufferPointer { source in
                for pixel in 0..<pixels {
                    for channel in 0..<channels {
                        target[pixel * channels + channel] = source[pixel * (channels + 1) + channel]
                    }
                }
            }
            initialized = pixels * channels
        }
    }

    /// Encodes without loss.
    func encode(_ image: Image) throws(ImageError) -> Bytes {
        let picture = image.colorOrder == .bgr ? image.converted(to: .rgb) : image
        guard picture.pixels.count <= Int(Int32.max) else {
            throw ImageError(
                .tooLarge, subject: "picture",
                reason: "its \(picture.width)×\(picture.height) pixels do not fit PNG's interface")
        }
        var header = assay_png_image()
        header.version = UInt32(ASSAY_PNG_IMAGE_VERSION)
        header.width = UInt32(picture.width)
        header.height = UInt32(picture.height)
        header.format = UInt32(picture.channels == 1 ? ASSAY_PNG_FORMAT_GRAY : ASSAY_PNG_FORMAT_RGB)
        // Deflate grows incompressible data by less than one part in a thousand; filters add one byte a row.
        var size = picture.pixels.count + picture.pixels.count / 100 + picture.height + 4096
        var target = [UInt8](repeating: 0, count: size)
        let done = target.withUnsafeMutableBytes { memory in
            picture.pixels.withUnsafeBytes { write(&header, memory.baseAddress, &size, 0, $0.baseAddress, 0, nil) }
        }
        guard done != 0, size <= target.count else { throw Self.refusal(header, subject: "picture") }
        return Bytes(copying: target.prefix(size))
    }

    /// What libpng wrote into its structure, as an error.
    private static func refusal(_ image: assay_png_image, subject: String) -> ImageError {
        let text = withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let isShort = text.contains("Not enough image data") || text.contains("end of data")
        return ImageError(
            isShort ? .truncated : .malformed, subject: subject,
            reason: "libpng refuses it: \(text.isEmpty ? "no reason given" : text)")
    }
}

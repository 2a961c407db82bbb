import CImageCodecs
import Tensors

/// The functions of libwebp that decode WebP.
struct WebPCodec: Sendable {
    /// The library of this machine, opened once.
    static let shared: Result<WebPCodec, ImageError> = {
        do throws(ImageError) {
            return .success(try WebPCodec(libraryNames: ["libwebp.so.7", "libwebp.7.dylib", "libwebp.so"]))
        } catch { return .failure(error) }
    }()

    private let information: assay_webp_info
    private let decodeInto: assay_webp_decode

    init(libraryNames: [String]) throws(ImageError) {
        let library = try SharedLibrary(anyOf: libraryNames, package: "libwebp7")
        information = try library.function("WebPGetInfo", as: assay_webp_info.self)
        decodeInto = try library.function("WebPDecodeRGBInto", as: assay_webp_decode.self)
    }

    /// Decodes to RGB; transparency is dropped.
    func decode(_ bytes: Bytes, limits: DecodeLimits, subject: String) throws(ImageError) -> Image {
        var (width, height): (Int32, Int32) = (0, 0)
        let isWebP = bytes.withUnsafeBytes { source in
            information(source.bindMemory(to: UInt8.self).baseAddress, source.count, &width, &height) != 0
        }
        guard isWebP else {
            throw ImageError(.malformed, subject: subject, reason: "libwebp cannot read its header")
        }
        try limits.check(width: Int(width), height: Int(height), subject: subject)
        guard let count = Image.sampleCount(Int(width), Int(height), 3) else {
            throw ImageError(.tooLarge, subject: subject, reason: "its size overflows")
        }
        var pixels = [UInt8](repeating: 0, count: count)
        let isDecoded = bytes.withUnsafeBytes { source in
            pixels.withUnsafeMutableBufferPointer { target in
                decodeInto(
                    source.bindMemory(to: UInt8.self).baseAddress, source.count, target.baseAddress, target.count,
                    3 * width) != nil
            }
        }
        guard isDecoded else {
            throw ImageError(
                .malformed, subject: subject,
                reason: "libwebp refuses it: it is damaged, cut short, or a moving picture",
                remedy: "copy or download the file again, or convert it to PNG")
        }
        return Image(checkedWidth: Int(width), height: Int(height), colorOrder: .rgb, pixels: pixels)
    }
}

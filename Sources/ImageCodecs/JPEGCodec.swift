import CImageCodecs
import Foundation
import Tensors

/// The functions of libturbojpeg that decode JPEG.
struct JPEGCodec: Sendable {
    /// The library of this machine, opened once.
    static let shared: Result<JPEGCodec, ImageError> = {
        do throws(ImageError) {
            return .success(
                try JPEGCodec(libraryNames: ["libturbojpeg.so.0", "libturbojpeg.0.dylib", "libturbojpeg.so"]))
        } catch { return .failure(error) }
    }()

    private let makeHandle: assay_tj_init
    private let destroy: assay_tj_destroy
    private let decompress: assay_tj_decompress
    private let errorText: assay_tj_error_text
    private let errorCode: assay_tj_error_code

    init(libraryNames: [String]) throws(ImageError) {
        let library = try SharedLibrary(anyOf: libraryNames, package: "libturbojpeg0")
        makeHandle = try library.function("tjInitDecompress", as: assay_tj_init.self)
        destroy = try library.function("tjDestroy", as: assay_tj_destroy.self)
        decompress = try library.function("tjDecompress2", as: assay_tj_decompress.self)
        errorText = try library.function("tjGetErrorStr2", as: assay_tj_error_text.self)
        errorCode = try library.function("tjGetErrorCode", as: assay_tj_error_code.self)
    }

    /// Decodes to gray or RGB, as the file holds it.
    func decode(_ bytes: Bytes, limits: DecodeLimits, subject: String) throws(ImageError) -> Image {
        let header = try JPEGHeader(bytes, subject: subject)
        try header.checkSupported(subject: subject)
        try limits.check(width: header.width, height: header.height, subject: subject)
        let order: ColorOrder = header.components == 1 ? .gray : .rgb
        guard let count = Image.sampleCount(header.width, header.height, order.channels) else {
            throw ImageError(.tooLarge, subject: subject, reason: "its size overflows")
        }
        var pixels = [UInt8](repeating: 0, count: count)
        let outcome = try run(bytes, width: header.width, height: header.height, order: order, into: &pixels)
        try judge(outcome, bytes: bytes, subject: subject)
        return Image(checkedWidth: header.width, height: header.height, colorOrder: order, pixels: pixels)
    }

    /// What the library said.
    private struct Outcome {
        let status: Int32
        let isWarning: Bool
        let text: String
    }

    private func run(
        _ bytes: Bytes, width: Int, height: Int, order: ColorOrder, into pixels: inout [UInt8]
    ) throws(ImageError) -> Outcome {
        guard let handle = makeHandle() else {
            throw ImageError(.libraryUnavailable, subject: "libturbojpeg", reason: "it gave no decompressor")
        }
        defer { _ = destroy(handle) }
        let format = order == .gray ? ASSAY_TJ_FORMAT_GRAY : ASSAY_TJ_FORMAT_RGB
        let flags = ASSAY_TJ_FLAG_ACCURATE_DCT | ASSAY_TJ_FLAG_LIMIT_SCANS
        let status = bytes.withUnsafeBytes { source in
            pixels.withUnsafeMutableBufferPointer { target in
                decompress(
                    handle, source.bindMemory(to: UInt8.self).baseAddress, UInt(source.count), target.baseAddress,
                    Int32(width), Int32(width * order.channels), Int32(height), Int32(format), Int32(flags))
            }
        }
        guard status != 0 else { return Outcome(status: 0, isWarning: false, text: "") }
        let text = errorText(handle).map { String(cString: $0) } ?? "unknown failure"
        return Outcome(status: status, isWarning: errorCode(handle) == 0, text: text)
    }

    /// Accepts what leaves every sample intact: success, and warnings about bytes between segments or odd headers.
    private func judge(_ outcome: Outcome, bytes: Bytes, subject: String) throws(ImageError) {
        guard outcome.status != 0 else { return }
        let text = outcome.text
        if text.contains("Premature end") || !JPEGHeader.hasEndMarker(bytes) {
            throw ImageError(
                .truncated, subject: subject, reason: "the JPEG data end before the picture does (\(text))",
                remedy: "copy or download the file again")
        }
        let harmless = ["extraneous bytes before marker", "Unknown Adobe color transform", "JFIF"]
        guard outcome.isWarning, harmless.contains(where: text.contains) else {
            throw ImageError(.malformed, subject: subject, reason: "libturbojpeg refuses it: \(text)")
        }
    }
}

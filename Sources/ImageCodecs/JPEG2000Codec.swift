import CImageCodecs
import Tensors

/// The functions of OpenJPEG that decode JPEG 2000.
struct JPEG2000Codec: Sendable {
    /// The library of this machine, opened once.
    static let shared: Result<JPEG2000Codec, ImageError> = {
        do throws(ImageError) {
            return .success(
                try JPEG2000Codec(libraryNames: ["libopenjp2.so.7", "libopenjp2.7.dylib", "libopenjp2.so"]))
        } catch { return .failure(error) }
    }()

    private let makeCodec: assay_opj_create
    private let destroyCodec: assay_opj_destroy
    private let setDefaults: assay_opj_defaults
    private let setUp: assay_opj_setup
    private let makeStream: assay_opj_stream_create
    private let destroyStream: assay_opj_destroy
    private let setRead: assay_opj_set_read
    private let setSkip: assay_opj_set_skip
    private let setSeek: assay_opj_set_seek
    private let setUser: assay_opj_set_user
    private let setLength: assay_opj_set_length
    private let readHeader: assay_opj_read_header
    private let decodeImage: assay_opj_decode
    private let destroyImage: assay_opj_image_destroy

    init(libraryNames: [String]) throws(ImageError) {
        let library = try SharedLibrary(anyOf: libraryNames, package: "libopenjp2-7")
        makeCodec = try library.function("opj_create_decompress", as: assay_opj_create.self)
        destroyCodec = try library.function("opj_destroy_codec", as: assay_opj_destroy.self)
        setDefaults = try library.function("opj_set_default_decoder_parameters", as: assay_opj_defaults.self)
        setUp = try library.function("opj_setup_decoder", as: assay_opj_setup.self)
        makeStream = try library.function("opj_stream_create", as: assay_opj_stream_create.self)
        destroyStream = try library.function("opj_stream_destroy", as: assay_opj_destroy.self)
        setRead = try library.function("opj_stream_set_read_function", as: assay_opj_set_read.self)
        setSkip = try library.function("opj_stream_set_skip_function", as: assay_opj_set_skip.self)
        setSeek = try library.function("opj_stream_set_seek_function", as: assay_opj_set_seek.self)
        setUser = try library.function("opj_stream_set_user_data", as: assay_opj_set_user.self)
        setLength = try library.function("opj_stream_set_user_data_length", as: assay_opj_set_length.self)
        readHeader = try library.function("opj_read_header", as: assay_opj_read_header.self)
        decodeImage = try library.function("opj_decode", as: assay_opj_decode.self)
        destroyImage = try library.function("opj_image_destroy", as: assay_opj_image_destroy.self)
    }

    /// Decodes to gray or RGB of 8 bits, as the file holds it; transparency is dropped.
    func decode(_ bytes: Bytes, limits: DecodeLimits, subject: String) throws(ImageError) -> Image {
        let source = MemorySource(bytes)
        let format = source.isBareCodestream ? ASSAY_OPJ_CODEC_J2K : ASSAY_OPJ_CODEC_JP2
        guard let codec = makeCodec(Int32(format)) else {
            throw ImageError(.libraryUnavailable, subject: "libopenjp2", reason: "it gave no decompressor")
        }
        defer { destroyCodec(codec) }
        guard let stream = makeStream(1 << 16, 1) else {
            throw ImageError(.libraryUnavailable, subject: "libopenjp2", reason: "it gave no stream")
        }
        defer { destroyStream(stream) }
        var parameters = assay_opj_parameters()
        setDefaults(&parameters)
        connect(stream, to: source)
        // The library reads through callbacks that hold no reference of their own.
        return try withExtendedLifetime(source) { () throws(ImageError) in
            var image: UnsafeMutablePointer<assay_opj_image>?
            guard setUp(codec, &parameters) != 0, readHeader(stream, codec, &image) != 0, let image else {
                throw ImageError(.malformed, subject: subject, reason: "OpenJPEG cannot read its header")
            }
            defer { destroyImage(image) }
            let frame = image.pointee
            try limits.check(
                width: Int(frame.x1) - Int(frame.x0), height: Int(frame.y1) - Int(frame.y0), subject: subject)
            guard decodeImage(codec, stream, image) != 0 else {
                throw ImageError(
                    .malformed, subject: subject, reason: "OpenJPEG refuses it: it is damaged or cut short",
                    remedy: "copy or download the file again")
            }
            return try Self.picture(image.pointee, subject: subject)
        }
    }

    private func connect(_ stream: OpaquePointer, to source: MemorySource) {
        setUser(stream, Unmanaged.passUnretained(source).toOpaque(), nil)
        setLength(stream, UInt64(source.count))
        setRead(stream) { buffer, count, user in MemorySource.of(user)?.read(into: buffer, count: count) ?? -1 }
        setSkip(stream) { count, user in MemorySource.of(user)?.skip(count) ?? -1 }
        setSeek(stream) { place, user in MemorySource.of(user)?.seek(place) == true ? 1 : 0 }
    }

    /// The decoded components interleaved.
    private static func picture(_ image: assay_opj_image, subject: String) throws(ImageError) -> Image {
        let components = (0..<Int(image.component_count)).compactMap { image.components?[$0] }
        let colors = components.count >= 3 ? 3 : 1
        let parts = components.prefix(colors)
        guard let first = parts.first, image.color_space <= ASSAY_OPJ_COLOR_GRAY,
            parts.allSatisfy({ part in
                part.width == first.width && part.height == first.height && part.data != nil && part.precision == 8
                    && part.is_signed == 0
            })
        else {
            throw ImageError(
                .unsupported, subject: subject,
                reason: "it is no JPEG 2000 picture of gray or RGB with 8 bits a sample",
                remedy: "convert it to PNG")
        }
        let (width, height) = (Int(first.width), Int(first.height))
        guard let count = Image.sampleCount(width, height, colors) else {
            throw ImageError(.malformed, subject: subject, reason: "it claims a size of \(width)×\(height) pixels")
        }
        var pixels = [UInt8](repeating: 0, count: count)
        for (channel, part) in parts.enumerated() {
            guard let data = part.data else { continue }
            for index in 0..<width * height { pixels[index * colors + channel] = UInt8(clamping: data[index]) }
        }
        return Image(checkedWidth: width, height: height, colorOrder: colors == 3 ? .rgb : .gray, pixels: pixels)
    }

    /// A file in memory that the library reads from as from a stream.
    private final class MemorySource {
        private let bytes: Bytes
        private var position = 0

        init(_ bytes: Bytes) { self.bytes = bytes }

        var count: Int { bytes.count }

        /// True for a file that starts with a codestream's marker instead of the boxes of a JP2 file.
        var isBareCodestream: Bool { bytes.withUnsafeBytes { $0.starts(with: ImageFormat.codestreamSignature) } }

        static func of(_ user: UnsafeMutableRawPointer?) -> MemorySource? {
            user.map { Unmanaged<MemorySource>.fromOpaque($0).takeUnretainedValue() }
        }

        /// Copies what follows; −1 where nothing does, as the library asks.
        func read(into buffer: UnsafeMutableRawPointer?, count: Int) -> Int {
            let available = min(count, bytes.count - position)
            guard available > 0, let buffer else { return -1 }
            bytes.withUnsafeBytes { source in
                buffer.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: source[position..<position + available]).baseAddress
                        .unsafelyUnwrapped, byteCount: available)
            }
            position += available
            return available
        }

        func skip(_ count: Int64) -> Int64 {
            let target = min(max(0, Int64(position) + min(count, Int64(bytes.count))), Int64(bytes.count))
            let skipped = target - Int64(position)
            position = Int(target)
            return skipped
        }

        func seek(_ place: Int64) -> Bool {
            guard place >= 0, place <= Int64(bytes.count) else { return false }
            position = Int(place)
            return true
        }
    }
}

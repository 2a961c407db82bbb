import Foundation
import ImageCodecs
import Tensors
import Testing

/// The formats beside JPEG and PNG, against what Pillow decodes (`Goldens/make.py`).
@Suite struct FormatTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let file: Data
        let width: Int
        let height: Int
        let rgb: String

        var testDescription: String { name }
    }

    private struct File: Decodable { let cases: [Case] }

    static let cases = (try? Goldens.json("formats.json", as: File.self).cases) ?? []

    /// Formats that Assay reads itself, and those whose library this machine has.
    private static func isReadable(_ bytes: Bytes) -> Bool {
        ImageFormat(signatureOf: bytes).map { ImageCodec.unavailability(of: $0) == nil } ?? true
    }

    @Test func theGoldensAreRead() { #expect(Self.cases.count == 31) }

    @Test(
        arguments: cases.filter { isReadable(Bytes(copying: $0.file)) })
    func samplesEqualPillows(golden: Case) throws {
        let image = try ImageCodec.decode(Bytes(copying: golden.file), as: .rgb)
        #expect(image.width == golden.width && image.height == golden.height)
        #expect(Goldens.hash(image.pixels) == golden.rgb)
    }

    @Test(
        .enabled(if: ImageCodec.unavailability(of: .webp) == nil, "needs libwebp7"),
        .enabled(if: ImageCodec.unavailability(of: .jpeg2000) == nil, "needs libopenjp2-7"))
    func everyFormatIsAmongThem() throws {
        let formats = Self.cases.map { ImageFormat(signatureOf: Bytes(copying: $0.file)) }
        #expect(Set(formats.compactMap(\.self)) == [.bmp, .pnm, .tiff, .webp, .jpeg2000])
        #expect(Self.cases.allSatisfy { Self.isReadable(Bytes(copying: $0.file)) })
    }

    @Test(arguments: cases) func everyTruncationIsAnError(golden: Case) throws {
        // The last bytes may belong to no sample: tables behind the samples, filling, an end marker, trailing white space.
        for count in stride(from: 0, to: golden.file.count * 3 / 4, by: 5) {
            let part = Bytes(copying: golden.file.prefix(count))
            guard Self.isReadable(part) else { continue }
            #expect(throws: ImageError.self, "cut at \(count)") { try ImageCodec.decode(part, as: .rgb) }
        }
    }

    @Test(arguments: cases) func mutationsNeverTrap(golden: Case) throws {
        var generator = SplitMix64(seed: UInt64(golden.file.count))
        let limits = DecodeLimits(maxPixels: 1 << 16)
        for _ in 0..<200 {
            var file = [UInt8](golden.file)
            for _ in 0...(generator.next() % 6) {
                // Headers matter most.
                let reach = generator.next() % 2 == 0 ? min(80, file.count) : file.count
                file[Int(generator.next() % UInt64(reach))] = UInt8(truncatingIfNeeded: generator.next())
            }
            let bytes = Bytes(copying: file)
            guard let image = try? ImageCodec.decode(bytes, as: .rgb, limits: limits) else { continue }
            #expect(image.pixels.count == image.width * image.height * 3)
            #expect(image.width * image.height <= limits.maxPixels)
        }
    }

    @Test func hugeClaimsAreRefused() throws {
        let claim = Bytes(copying: Array("P6 2000000000 2000000000 255\n".utf8))
        do throws(ImageError) {
            _ = try ImageCodec.decode(claim, as: .rgb)
            Issue.record("it was decoded")
        } catch { #expect(error.code == .tooLarge) }
    }

    @Test(arguments: ImageFormat.allCases) func anAbsentLibraryNamesThePackage(format: ImageFormat) {
        let packages: [ImageFormat: String] = [
            .jpeg: "libturbojpeg0", .png: "libpng16-16", .webp: "libwebp7", .jpeg2000: "libopenjp2-7",
        ]
        do throws(ImageError) {
            try ImageCodec.probe(libraryNames: ["libno-such-codec.so.9"], of: format)
            #expect(packages[format] == nil)
        } catch {
            #expect(error.code == .libraryUnavailable)
            #expect(error.remedy == packages[format].map { "install it: apt-get install \($0)" })
        }
    }
}

import Foundation
import ImageCodecs
import Tensors
import Testing

@Suite(
    .enabled(if: ImageCodec.unavailability(of: .jpeg) == nil, "needs libturbojpeg0"),
    .enabled(if: ImageCodec.unavailability(of: .png) == nil, "needs libpng16-16"))
struct DecodeTests {
    struct Case: Decodable {
        let name: String
        let file: Data
        let width: Int
        let height: Int
        let rgb: String
        let gray: String?
    }

    struct File: Decodable { let cases: [Case] }

    let cases: [Case]

    init() throws { cases = try Goldens.json("pictures.json", as: File.self).cases }

    private func bytes(_ name: String) throws -> Bytes {
        Bytes(copying: try #require(cases.first { $0.name == name }).file)
    }

    @Test func samplesEqualPillows() throws {
        for golden in cases where golden.name != "cmyk.jpg" && golden.name != "sixteen.png" {
            let bytes = Bytes(copying: golden.file)
            let image = try ImageCodec.decode(bytes, as: .rgb)
            #expect(image.width == golden.width && image.height == golden.height, "\(golden.name)")
            #expect(Goldens.hash(image.pixels) == golden.rgb, "\(golden.name)")
            guard let gray = golden.gray else { continue }
            #expect(Goldens.hash(try ImageCodec.decode(bytes, as: .gray).pixels) == gray, "\(golden.name) as gray")
        }
    }

    @Test func orientationTurnsAsPillowsTransposition() throws {
        struct Turned: Decodable {
            let name: String
            let file: Data
            let turned: [JSONNumberOrText]
        }
        struct File: Decodable { let cases: [Turned] }
        let turned = try Goldens.json("pictures.json", as: File.self).cases.filter { $0.name.hasPrefix("turned") }
        #expect(turned.count == 9)
        for golden in turned {
            let bytes = Bytes(copying: golden.file)
            let upright = try ImageCodec.decode(bytes, as: .rgb).oriented(ImageCodec.orientation(of: bytes))
            #expect(
                [.number(upright.width), .number(upright.height), .text(Goldens.hash(upright.pixels))] == golden.turned)
        }
    }

    @Test func bgrIsRGBReversed() throws {
        let rgb = try ImageCodec.decode(bytes("444.jpg"), as: .rgb)
        let bgr = try ImageCodec.decode(bytes("444.jpg"), as: .bgr)
        #expect(rgb.pixels[0] == bgr.pixels[2] && rgb.pixels[1] == bgr.pixels[1] && rgb != bgr)
        #expect(bgr.converted(to: .rgb) == rgb)
        #expect(bgr.converted(to: .gray) == rgb.converted(to: .gray))
    }

    @Test func pngRoundTripIsExact() throws {
        for order in ColorOrder.allCases {
            let pixels = Goldens.noise(seed: 3, count: 31 * 17 * order.channels)
            let image = try Image(width: 31, height: 17, colorOrder: order, pixels: pixels)
            #expect(try ImageCodec.decode(ImageCodec.encodePNG(image), as: order) == image)
        }
    }

    @Test(arguments: ["cmyk.jpg", "sixteen.png"]) func refusesWhatHasNoAgreedConversion(name: String) throws {
        #expect(try code(of: bytes(name)) == .unsupported)
    }

    @Test func everyTruncationIsAnError() throws {
        for name in ["420.jpg", "progressive.jpg", "restart.jpg", "rgb.png"] {
            let whole = try bytes(name)
            for count in stride(from: 3, to: whole.count - 2, by: 7) {
                let part = try #require(whole.slice(0..<count))
                let found = code(of: part)
                #expect(
                    found == .truncated || found == .unknownFormat,
                    "\(name) cut at \(count): \(String(describing: found))")
            }
        }
    }

    @Test func refusesBombsBeforeTheyAllocate() throws {
        let limits = DecodeLimits(maxPixels: 100)
        #expect(throws: ImageError.self) { try ImageCodec.decode(bytes("444.jpg"), as: .rgb, limits: limits) }
        // A PNG header that claims 2^31 − 1 pixels a side, with a valid checksum to spare libpng the blame.
        var claim = try bytes("rgb.png").array
        claim.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
        #expect(code(of: Bytes(copying: claim)) == .tooLarge)
    }

    @Test func otherFilesAreNamed() {
        #expect(code(of: Bytes(copying: Array("GIF89a".utf8))) == .unknownFormat)
        #expect(code(of: Bytes(copying: [])) == .unknownFormat)
        #expect(code(of: Bytes(copying: [0xFF, 0xD8, 0xFF])) == .truncated)
    }

    @Test(arguments: 0..<6) func mutationsNeverTrap(seed: Int) throws {
        var generator = SplitMix(state: UInt64(seed) &+ 90)
        let limits = DecodeLimits(maxPixels: 1 << 16)
        for _ in 0..<400 {
            let golden = cases[Int(generator.next() % UInt64(cases.count))]
            var file = [UInt8](golden.file)
            for _ in 0...(generator.next() % 6) {
                let at = Int(generator.next() % UInt64(file.count))
                switch generator.next() % 4 {
                case 0: file[at] = UInt8(truncatingIfNeeded: generator.next())
                case 1: file[at] ^= 1 << UInt8(generator.next() % 8)
                case 2: file.remove(at: at)
                default: file.insert(UInt8(truncatingIfNeeded: generator.next()), at: at)
                }
            }
            guard let image = try? ImageCodec.decode(Bytes(copying: file), as: .rgb, limits: limits) else { continue }
            #expect(image.width * image.height <= limits.maxPixels, "seed \(seed), \(golden.name)")
            #expect(image.pixels.count == image.width * image.height * 3, "seed \(seed), \(golden.name)")
        }
    }

    @Test func anAbsentLibraryNamesThePackage() {
        #expect(throws: ImageError.self) { try ImageCodec.probe(libraryNames: ["libno-such-codec.so.9"], of: .jpeg) }
        do throws(ImageError) {
            try ImageCodec.probe(libraryNames: ["libno-such-codec.so.9"], of: .png)
        } catch {
            #expect(error.code == .libraryUnavailable)
            #expect(error.remedy.contains("apt-get install libpng16-16"))
        }
    }

    private func code(of bytes: Bytes) -> ImageError.Code? {
        do throws(ImageError) {
            _ = try ImageCodec.decode(bytes, as: .rgb)
            return nil
        } catch { return error.code }
    }
}

/// A JSON value of a golden that mixes numbers and text.
enum JSONNumberOrText: Decodable, Equatable {
    case number(Int)
    case text(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }
}

/// The SplitMix64 generator (Steele, Lea, Flood 2014).
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

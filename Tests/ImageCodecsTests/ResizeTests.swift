import Foundation
import ImageCodecs
import Testing

@Suite struct ResizeTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let seed: Int
        let from: [Int]
        let filter: ResizeFilter
        let to: [Int]
        let bytes: Data?
        let fnv: String?
        var testDescription: String { "\(filter.rawValue) \(from) to \(to)" }

        func source() throws -> Image {
            try Image(
                width: from[0], height: from[1], colorOrder: from[2] == 1 ? .gray : .rgb,
                pixels: Goldens.noise(seed: seed, count: from[0] * from[1] * from[2]))
        }
    }

    struct Real: Decodable {
        let filter: ResizeFilter
        let to: [Int]
        let fnv: String
    }

    struct File: Decodable {
        let exact: [Case]
        let hashed: [Case]
        let real: [Real]
    }

    let file: File

    init() throws { file = try Goldens.json("resizing.json", as: File.self) }

    static let exactFilters = ResizeFilter.allCases.filter { $0 != .openCVCubic }

    @Test(arguments: exactFilters) func equalsItsLibrarySampleForSample(filter: ResizeFilter) throws {
        let cases = file.exact.filter { $0.filter == filter }
        #expect(cases.count == 2)
        for golden in cases {
            let result = try golden.source().resized(width: golden.to[0], height: golden.to[1], filter: filter)
            let expected = try #require(golden.bytes)
            let wrong = zip(result.pixels, expected).filter { $0 != $1 }
            #expect(wrong.isEmpty, "\(golden.testDescription): \(wrong.count) of \(expected.count), \(wrong.prefix(5))")
        }
    }

    @Test(arguments: exactFilters) func equalsItsLibraryOnManySizes(filter: ResizeFilter) throws {
        let cases = file.hashed.filter { $0.filter == filter }
        #expect(cases.count == 40)
        for golden in cases {
            let result = try golden.source().resized(width: golden.to[0], height: golden.to[1], filter: filter)
            #expect(Goldens.hash(result.pixels) == golden.fnv, "\(golden.testDescription)")
        }
    }

    @Test func cubicOfOpenCVIsWithinOne() throws {
        var (wrong, total) = (0, 0)
        for golden in file.exact where golden.filter == .openCVCubic {
            let result = try golden.source().resized(width: golden.to[0], height: golden.to[1], filter: .openCVCubic)
            for (sample, expected) in zip(result.pixels, try #require(golden.bytes)) {
                total += 1
                wrong += sample == expected ? 0 : 1
                #expect(abs(Int(sample) - Int(expected)) <= 1)
            }
        }
        #expect(total > 3000 && wrong * 100 <= total, "\(wrong) of \(total) differ by 1")
    }

    @Test func realsEqualPillowsModeF() throws {
        let samples = Goldens.noise(seed: 5, count: 23 * 17).map { Float($0) / 7 - 11 }
        let image = try FloatImage(width: 23, height: 17, colorOrder: .gray, samples: samples)
        #expect(file.real.count == 18)
        for golden in file.real {
            let result = try image.resized(width: golden.to[0], height: golden.to[1], filter: golden.filter)
            let bytes = result.samples.flatMap { sample in
                (0..<4).map { UInt8(truncatingIfNeeded: sample.bitPattern >> ($0 * 8)) }
            }
            #expect(Goldens.hash(bytes) == golden.fnv, "\(golden.filter.rawValue) to \(golden.to)")
        }
    }

    @Test func filtersOfOneNameDiffer() throws {
        let golden = try #require(file.exact.first)
        let pillow = try golden.source().resized(width: 9, height: 6, filter: .pillowBilinear)
        let opencv = try golden.source().resized(width: 9, height: 6, filter: .openCVLinear)
        #expect(pillow != opencv)
    }

    @Test func refusesSizesThatNoPictureHas() throws {
        let image = try Image(width: 1, height: 1, colorOrder: .gray, pixels: [0])
        for (width, height) in [(0, 1), (1, -1), (Int.max, 2), (1 << 20, 1 << 20)] {
            #expect(throws: ImageError.self) { try image.resized(width: width, height: height, filter: .pillowBox) }
        }
        let real = FloatImage(image)
        #expect(throws: ImageError.self) { try real.resized(width: 2, height: 2, filter: .openCVLinear) }
    }
}

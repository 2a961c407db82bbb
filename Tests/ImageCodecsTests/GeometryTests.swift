import ImageCodecs
import Testing

@Suite struct GeometryTests {
    /// Four by three pixels, numbered from 0.
    private func numbered() throws -> Image {
        try Image(width: 4, height: 3, colorOrder: .gray, pixels: (0..<12).map { UInt8($0) })
    }

    @Test func cropTakesItsRectangle() throws {
        #expect(try numbered().cropped(x: 1, y: 1, width: 2, height: 2).pixels == [5, 6, 9, 10])
        for (x, y, width, height) in [(3, 0, 2, 1), (0, 3, 1, 1), (-1, 0, 1, 1), (0, 0, 0, 1), (1, 0, Int.max, 1)] {
            #expect(throws: ImageError.self) { try numbered().cropped(x: x, y: y, width: width, height: height) }
        }
    }

    @Test func paddingSurroundsThePicture() throws {
        let image = try numbered().padded(Borders(left: 1, top: 1, right: 0, bottom: 1), fill: [99])
        #expect(image.width == 5 && image.height == 5)
        #expect(Array(image.pixels.prefix(10)) == [99, 99, 99, 99, 99, 99, 0, 1, 2, 3])
        let reals = FloatImage(try numbered()).padded
        #expect(try reals(Borders(left: 1, top: 1, right: 0, bottom: 1), [99]) == FloatImage(image))
        #expect(throws: ImageError.self) {
            try numbered().padded(Borders(left: 0, top: -1, right: 0, bottom: 0), fill: [0])
        }
        #expect(throws: ImageError.self) {
            try numbered().padded(Borders(left: Int.max, top: 0, right: 0, bottom: 0), fill: [0])
        }
        #expect(throws: ImageError.self) {
            try numbered().padded(Borders(left: 0, top: 0, right: 0, bottom: 0), fill: [0, 0, 0])
        }
    }

    @Test func normalisationIsPerChannel() throws {
        let image = try Image(width: 1, height: 2, colorOrder: .rgb, pixels: [0, 51, 255, 255, 102, 0])
        let result = try image.normalized(scale: 1 / 255, mean: [0, 0.2, 0.5], deviation: [1, 2, 0.5])
        let expected: [Float] = [0, 0, 1, 1, 0.1, -1]
        for (value, wanted) in zip(result.samples, expected) { #expect(abs(value - wanted) < 1e-6) }
        #expect(result.planes == [0, 3, 1, 4, 2, 5].map { result.samples[$0] })
        #expect(throws: ImageError.self) { try image.normalized(scale: 1, mean: [0], deviation: [1]) }
        #expect(throws: ImageError.self) { try image.normalized(scale: 1, mean: [0, 0, 0], deviation: [1, 0, 1]) }
    }

    @Test func picturesHaveTheSamplesTheyClaim() {
        #expect(throws: ImageError.self) { try Image(width: 2, height: 2, colorOrder: .rgb, pixels: [1, 2, 3, 4]) }
        #expect(throws: ImageError.self) { try Image(width: Int.max, height: 4, colorOrder: .gray, pixels: []) }
        #expect(throws: ImageError.self) { try Image(width: 0, height: 0, colorOrder: .gray, pixels: []) }
    }
}

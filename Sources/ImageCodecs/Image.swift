/// A picture of 8-bit samples, row by row from the top, channels interleaved.
public struct Image: Sendable, Hashable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// What the channels are.
    public let colorOrder: ColorOrder
    /// `height` × `width` × `channels` samples.
    public let pixels: [UInt8]

    /// The number of channels: 1 or 3.
    public var channels: Int { colorOrder.channels }

    /// Wraps samples.
    ///
    /// - Throws: `ImageError` of code `invalidSize` when an extent is not positive or the count does not fit.
    public init(width: Int, height: Int, colorOrder: ColorOrder, pixels: [UInt8]) throws(ImageError) {
        guard let count = Image.sampleCount(width, height, colorOrder.channels), pixels.count == count else {
            throw ImageError(
                .invalidSize, subject: "picture of \(width)×\(height) \(colorOrder.rawValue)",
                reason: "\(pixels.count) samples do not make it")
        }
        self.init(checkedWidth: width, height: height, colorOrder: colorOrder, pixels: pixels)
    }

    /// Wraps samples whose count the caller computed from the same extents.
    init(checkedWidth width: Int, height: Int, colorOrder: ColorOrder, pixels: [UInt8]) {
        assert(pixels.count == width * height * colorOrder.channels)
        self.width = width
        self.height = height
        self.colorOrder = colorOrder
        self.pixels = pixels
    }

    /// Samples of a picture; `nil` when an extent is not positive or the product overflows.
    static func sampleCount(_ width: Int, _ height: Int, _ channels: Int) -> Int? {
        guard width > 0, height > 0 else { return nil }
        let (area, overflow) = width.multipliedReportingOverflow(by: height)
        let (count, overflowToo) = area.multipliedReportingOverflow(by: channels)
        return overflow || overflowToo ? nil : count
    }
}

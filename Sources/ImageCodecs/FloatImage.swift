/// A picture of 32-bit floating-point samples, row by row from the top, channels interleaved.
public struct FloatImage: Sendable, Hashable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// What the channels are.
    public let colorOrder: ColorOrder
    /// `height` × `width` × `channels` samples.
    public let samples: [Float]

    /// The number of channels: 1 or 3.
    public var channels: Int { colorOrder.channels }

    /// Wraps samples.
    ///
    /// - Throws: `ImageError` of code `invalidSize` when an extent is not positive or the count does not fit.
    public init(width: Int, height: Int, colorOrder: ColorOrder, samples: [Float]) throws(ImageError) {
        guard let count = Image.sampleCount(width, height, colorOrder.channels), samples.count == count else {
            throw ImageError(
                .invalidSize, subject: "picture of \(width)×\(height) \(colorOrder.rawValue)",
                reason: "\(samples.count) samples do not make it")
        }
        self.init(checkedWidth: width, height: height, colorOrder: colorOrder, samples: samples)
    }

    /// Wraps samples whose count the caller computed from the same extents.
    init(checkedWidth width: Int, height: Int, colorOrder: ColorOrder, samples: [Float]) {
        assert(samples.count == width * height * colorOrder.channels)
        self.width = width
        self.height = height
        self.colorOrder = colorOrder
        self.samples = samples
    }

    /// The samples of a picture of bytes as reals, unscaled.
    public init(_ image: Image) {
        self.init(
            checkedWidth: image.width, height: image.height, colorOrder: image.colorOrder,
            samples: image.pixels.map { Float($0) })
    }
}

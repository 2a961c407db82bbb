public import ImageCodecs
public import Specs

/// Resizes a picture so that its shorter side has an exact length, keeping its aspect.
public struct ResizeShorterSide: PictureStep {
    /// Pixels of the shorter side.
    public var size: Int
    /// The function that computes the samples.
    public var filter: ResizeFilter

    /// Makes the step.
    public init(size: Int, filter: ResizeFilter) {
        self.size = size
        self.filter = filter
    }

    /// The parameters.
    public static let spec = SpecObject(
        "resizeShorterSide",
        "Resizes a picture so that its shorter side has a length; the longer one is scaled alike and rounded down, as "
            + "torchvision does.",
        initial: ResizeShorterSide(size: 1, filter: .pillowBilinear),
        [
            .required("size", \.size, .int(1...65535), "Pixels of the shorter side."),
            .required("filter", \.filter, .enumeration, "The function; those of Pillow and OpenCV differ."),
        ])

    /// The size of the result: `Int(size × longer ÷ shorter)` along the longer side.
    private func target(_ width: Int, _ height: Int) -> (Int, Int) {
        let longer = max(1, Int(Double(size) * Double(max(width, height)) / Double(min(width, height))))
        return width <= height ? (size, longer) : (longer, size)
    }

    /// Resizes a picture of bytes.
    public func apply(_ image: Image) throws(ImageError) -> Image {
        let (width, height) = target(image.width, image.height)
        return try image.resized(width: width, height: height, filter: filter)
    }

    /// Resizes a picture of reals; only for the filters of Pillow.
    public func apply(_ raster: FloatImage) throws(ImageError) -> FloatImage {
        let (width, height) = target(raster.width, raster.height)
        return try raster.resized(width: width, height: height, filter: filter)
    }
}

public import ImageCodecs
public import Specs

/// Resizes a picture to an exact size; its aspect changes where theirs differ.
public struct Resize: PictureStep {
    /// Columns of the result.
    public var width: Int
    /// Rows of the result.
    public var height: Int
    /// The function that computes the samples.
    public var filter: ResizeFilter

    /// Makes the step.
    public init(width: Int, height: Int, filter: ResizeFilter) {
        self.width = width
        self.height = height
        self.filter = filter
    }

    /// The parameters.
    public static let spec = SpecObject(
        "resize", "Resizes a picture to an exact width and height; the aspect is not kept.",
        initial: Resize(width: 1, height: 1, filter: .pillowBilinear),
        [
            .required("width", \.width, .int(1...65535), "Columns of the result."),
            .required("height", \.height, .int(1...65535), "Rows of the result."),
            .required("filter", \.filter, .enumeration, "The function; those of Pillow and OpenCV differ."),
        ])

    /// Resizes a picture of bytes.
    public func apply(_ image: Image) throws(ImageError) -> Image {
        try image.resized(width: width, height: height, filter: filter)
    }

    /// Resizes a picture of reals; only for the filters of Pillow.
    public func apply(_ raster: FloatImage) throws(ImageError) -> FloatImage {
        try raster.resized(width: width, height: height, filter: filter)
    }
}

public import ImageCodecs
public import Specs

/// Resizes a picture to an exact height, keeping its aspect up to a greatest width: what text recognition wants.
public struct FitHeight: PictureStep {
    /// Rows of the result.
    public var height: Int
    /// The most columns of the result; a wider picture is squeezed to it.
    public var maxWidth: Int
    /// The function that computes the samples.
    public var filter: ResizeFilter

    /// Makes the step.
    public init(height: Int, maxWidth: Int, filter: ResizeFilter) {
        self.height = height
        self.maxWidth = maxWidth
        self.filter = filter
    }

    /// The parameters.
    public static let spec = SpecObject(
        "fitHeight",
        "Resizes a picture to an exact height; the width is scaled alike, rounded up, and at most so much, as PaddleOCR "
            + "does for lines of text.",
        initial: FitHeight(height: 1, maxWidth: 1, filter: .openCVLinear),
        [
            .required("height", \.height, .int(1...65535), "Rows of the result."),
            .required("maxWidth", \.maxWidth, .int(1...65535), "The most columns of the result."),
            .required("filter", \.filter, .enumeration, "The function; those of Pillow and OpenCV differ."),
        ])

    private func width(_ width: Int, _ height: Int) -> Int {
        let scaled = (Double(self.height) * (Double(width) / Double(height))).rounded(.up)
        return scaled >= Double(maxWidth) ? maxWidth : max(1, Int(scaled))
    }

    /// Resizes a picture of bytes.
    public func apply(_ image: Image) throws(ImageError) -> Image {
        try image.resized(width: width(image.width, image.height), height: height, filter: filter)
    }

    /// Resizes a picture of reals; only for the filters of Pillow.
    public func apply(_ raster: FloatImage) throws(ImageError) -> FloatImage {
        try raster.resized(width: width(raster.width, raster.height), height: height, filter: filter)
    }
}

public import ImageCodecs
public import Specs

/// Cuts a rectangle out of the middle of a picture.
public struct CenterCrop: PictureStep {
    /// Columns of the result.
    public var width: Int
    /// Rows of the result.
    public var height: Int

    /// Makes the step.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The parameters.
    public static let spec = SpecObject(
        "centerCrop",
        "Cuts a rectangle out of the middle; an odd remainder is halved and rounded half to even, as torchvision does.",
        initial: CenterCrop(width: 1, height: 1),
        [
            .required("width", \.width, .int(1...65535), "Columns of the result; at most the picture's."),
            .required("height", \.height, .int(1...65535), "Rows of the result; at most the picture's."),
        ])

    private func offset(_ outer: Int, _ inner: Int) -> Int {
        Int((Double(outer - inner) / 2).rounded(.toNearestOrEven))
    }

    /// Crops a picture of bytes.
    public func apply(_ image: Image) throws(ImageError) -> Image {
        try image.cropped(
            x: offset(image.width, width), y: offset(image.height, height), width: width, height: height)
    }

    /// Crops a picture of reals.
    public func apply(_ raster: FloatImage) throws(ImageError) -> FloatImage {
        try raster.cropped(
            x: offset(raster.width, width), y: offset(raster.height, height), width: width, height: height)
    }
}

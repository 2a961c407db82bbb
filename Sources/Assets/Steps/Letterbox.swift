public import ImageCodecs
public import Specs

/// Resizes a picture to fit into an exact size, keeping its aspect, and fills the rest with one colour.
public struct Letterbox: PictureStep {
    /// Columns of the result.
    public var width: Int
    /// Rows of the result.
    public var height: Int
    /// The function that computes the samples.
    public var filter: ResizeFilter
    /// One value a channel.
    public var fill: [Double]
    /// Where the picture lies in the result.
    public var anchor: Anchor

    /// Makes the step.
    public init(width: Int, height: Int, filter: ResizeFilter, fill: [Double], anchor: Anchor) {
        self.width = width
        self.height = height
        self.filter = filter
        self.fill = fill
        self.anchor = anchor
    }

    /// The parameters.
    public static let spec = SpecObject(
        "letterbox",
        "Resizes a picture to fit into a size, keeping its aspect (the other side is rounded), and fills the rest.",
        initial: Letterbox(width: 1, height: 1, filter: .openCVLinear, fill: [], anchor: .center),
        [
            .required("width", \.width, .int(1...65535), "Columns of the result."),
            .required("height", \.height, .int(1...65535), "Rows of the result."),
            .required("filter", \.filter, .enumeration, "The function; those of Pillow and OpenCV differ."),
            .required("fill", \.fill, .list(of: .double, atLeast: 1), "The colour, one value a channel."),
            .required("anchor", \.anchor, .enumeration, "Where the picture lies in the result."),
        ])

    /// The same kind; the colour must have as many values as the picture has channels.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        try FillColor.check(fill, kind: kind, step: Self.name)
    }

    private func inner(_ width: Int, _ height: Int) -> (width: Int, height: Int) {
        let scale = min(Double(self.width) / Double(width), Double(self.height) / Double(height))
        func side(_ length: Int, _ limit: Int) -> Int { min(max(1, Int((Double(length) * scale).rounded())), limit) }
        return (side(width, self.width), side(height, self.height))
    }

    private var pad: Pad { Pad(width: width, height: height, fill: fill, anchor: anchor) }

    /// Fits a picture of bytes.
    public func apply(_ image: Image) throws(ImageError) -> Image {
        let size = inner(image.width, image.height)
        return try pad.apply(try image.resized(width: size.width, height: size.height, filter: filter))
    }

    /// Fits a picture of reals; only for the filters of Pillow.
    public func apply(_ raster: FloatImage) throws(ImageError) -> FloatImage {
        let size = inner(raster.width, raster.height)
        return try pad.apply(try raster.resized(width: size.width, height: size.height, filter: filter))
    }
}

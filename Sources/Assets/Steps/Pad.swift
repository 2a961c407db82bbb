public import ImageCodecs
public import Specs

/// Surrounds a picture with one colour up to an exact size.
public struct Pad: PictureStep {
    /// Columns of the result.
    public var width: Int
    /// Rows of the result.
    public var height: Int
    /// One value a channel.
    public var fill: [Double]
    /// Where the picture lies in the result.
    public var anchor: Anchor

    /// Makes the step.
    public init(width: Int, height: Int, fill: [Double], anchor: Anchor) {
        self.width = width
        self.height = height
        self.fill = fill
        self.anchor = anchor
    }

    /// The parameters.
    public static let spec = SpecObject(
        "pad", "Surrounds a picture with one colour up to an exact size; a larger picture is an error.",
        initial: Pad(width: 1, height: 1, fill: [], anchor: .center),
        [
            .required("width", \.width, .int(1...65535), "Columns of the result; at least the picture's."),
            .required("height", \.height, .int(1...65535), "Rows of the result; at least the picture's."),
            .required(
                "fill", \.fill, .list(of: .double, atLeast: 1),
                "The colour, one value a channel; whole numbers from 0 to 255 where the picture holds bytes."),
            .required("anchor", \.anchor, .enumeration, "Where the picture lies in the result."),
        ])

    /// The same kind; the colour must have as many values as the picture has channels.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        try FillColor.check(fill, kind: kind, step: Self.name)
    }

    private func borders(_ width: Int, _ height: Int) -> Borders {
        let (left, top) = (anchor.offset(self.width, width), anchor.offset(self.height, height))
        return Borders(left: left, top: top, right: self.width - width - left, bottom: self.height - height - top)
    }

    /// Pads a picture of bytes.
    public func apply(_ image: Image) throws(ImageError) -> Image {
        try image.padded(borders(image.width, image.height), fill: FillColor.bytes(fill))
    }

    /// Pads a picture of reals.
    public func apply(_ raster: FloatImage) throws(ImageError) -> FloatImage {
        try raster.padded(borders(raster.width, raster.height), fill: fill.map { Float($0) })
    }
}

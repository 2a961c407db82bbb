public import ImageCodecs
public import Specs

/// Decodes a picture file to a picture of bytes, as Pillow does.
public struct Decode: Step, SampleTransform {
    /// What to do with the orientation that a camera recorded.
    public enum Orientation: String, Sendable, Hashable, CaseIterable {
        /// Leave the samples as they are stored, as Pillow's `open` does.
        case ignore
        /// Turn the picture upright, as OpenCV's `imread` does.
        case apply
    }

    /// The channels to decode to.
    public var mode: ColorOrder
    /// What to do with the EXIF orientation.
    public var orientation: Orientation
    /// The most pixels that are decoded.
    public var maxPixels: Int

    /// Makes the step.
    public init(
        mode: ColorOrder, orientation: Orientation = .ignore, maxPixels: Int = DecodeLimits.standard.maxPixels
    ) {
        self.mode = mode
        self.orientation = orientation
        self.maxPixels = maxPixels
    }

    /// The parameters.
    public static let spec = SpecObject(
        "decode",
        "Decodes a picture file (JPEG, PNG, WebP, JPEG 2000, BMP, PNM, TIFF) to 8-bit samples equal to Pillow's.",
        initial: Decode(mode: .rgb),
        [
            .required("mode", \.mode, .enumeration, "The channels to decode to."),
            SpecField(
                "orientation", \.orientation, .enumeration, "Whether the EXIF orientation turns the picture."),
            SpecField("maxPixels", \.maxPixels, .int(1...), "Larger pictures are refused before they take memory."),
        ])

    /// A picture of bytes, of a file.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        guard kind == .file else { throw mismatch(kind, needs: "a file") }
        return .image(mode)
    }

    /// Decodes one file.
    public func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample {
        guard case .file(let file) = sample else { throw mismatch(sample.kind, needs: "a file") }
        let image = try picture(subject) { () throws(ImageError) in
            try ImageCodec.decode(
                file.bytes, as: mode, limits: DecodeLimits(maxPixels: maxPixels), subject: subject)
        }
        guard orientation == .apply else { return .image(image) }
        return .image(image.oriented(ImageCodec.orientation(of: file.bytes)))
    }
}

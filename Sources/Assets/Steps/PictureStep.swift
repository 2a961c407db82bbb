public import ImageCodecs

/// A step from picture to picture that leaves the channels alone, for bytes and for reals.
public protocol PictureStep: Step, SampleTransform {
    /// Processes a picture of bytes.
    func apply(_ image: Image) throws(ImageError) -> Image
    /// Processes a picture of reals.
    func apply(_ raster: FloatImage) throws(ImageError) -> FloatImage
}

extension PictureStep {
    /// The kind that it is given.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        guard kind.colorOrder != nil else { throw mismatch(kind, needs: "a picture") }
        return kind
    }

    /// Processes one picture.
    public func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample {
        switch sample {
        case .image(let image):
            .image(try picture(subject) { () throws(ImageError) in try apply(image) })
        case .raster(let raster):
            .raster(try picture(subject) { () throws(ImageError) in try apply(raster) })
        default: throw mismatch(sample.kind, needs: "a picture")
        }
    }
}

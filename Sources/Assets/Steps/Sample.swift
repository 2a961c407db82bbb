public import ImageCodecs

/// One item on its way from a data set to the inputs of a model.
public enum Sample: Sendable, Hashable {
    /// A file as it lies on disk.
    case file(SampleFile)
    /// A picture of bytes.
    case image(Image)
    /// A picture of reals.
    case raster(FloatImage)
    /// A text, or two that are compared.
    case text(SampleText)
    /// A sound.
    case audio(AudioClip)
    /// Inputs of a model, without their batch axis.
    case tensors([NamedTensor])

    /// What it is, so far as steps depend on it.
    public var kind: SampleKind {
        switch self {
        case .file: .file
        case .image(let image): .image(image.colorOrder)
        case .raster(let image): .raster(image.colorOrder)
        case .text: .text
        case .audio: .audio
        case .tensors(let tensors): .tensors(tensors.map(\.name))
        }
    }
}

public import ImageCodecs

/// What a step takes and gives, known before anything runs.
public enum SampleKind: Sendable, Hashable, CustomStringConvertible {
    /// A file as it lies on disk.
    case file
    /// A picture of bytes with these channels.
    case image(ColorOrder)
    /// A picture of reals with these channels.
    case raster(ColorOrder)
    /// A text or a pair of texts.
    case text
    /// A sound.
    case audio
    /// Tensors for these inputs.
    case tensors([String])

    /// The kind in words, as messages have it.
    public var description: String {
        switch self {
        case .file: "a file"
        case .image(let order): "a picture of bytes (\(order.rawValue))"
        case .raster(let order): "a picture of reals (\(order.rawValue))"
        case .text: "a text"
        case .audio: "a sound"
        case .tensors(let names):
            names == [""]
                ? "a tensor" : "tensors " + names.map { $0.isEmpty ? "(unnamed)" : $0 }.joined(separator: ", ")
        }
    }

    /// The channels of a picture of either kind; `nil` for anything else.
    var colorOrder: ColorOrder? {
        switch self {
        case .image(let order), .raster(let order): order
        default: nil
        }
    }
}

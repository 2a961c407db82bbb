/// How the ONNX file of a zoo model comes about.
public enum ModelRecipe: Sendable, Hashable {
    /// The file is in a package as it is.
    case shipped(PinnedMember)
    /// The file is built here from a checkpoint.
    case built(PinnedMember, Network)
    /// The file is in a package with constant weights, which are replaced by seeded random ones: see ``RandomWeights``.
    case randomized(PinnedMember)

    /// The networks that are built here.
    public enum Network: String, Sendable, Hashable, Codable {
        case mobileNetV2 = "MobileNetV2"
        case efficientNetLite0 = "EfficientNet-Lite0"
        case efficientNetLite1 = "EfficientNet-Lite1"
        case efficientNetLite2 = "EfficientNet-Lite2"
        case squeezeNet = "SqueezeNet-1.1"
    }

    /// The file that the recipe starts from.
    public var member: PinnedMember {
        switch self {
        case .shipped(let member), .built(let member, _), .randomized(let member): member
        }
    }
}

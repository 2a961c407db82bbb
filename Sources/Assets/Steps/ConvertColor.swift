public import ImageCodecs
public import Specs

/// Changes the channels of a picture of bytes: RGB to BGR, colour to gray, gray to colour.
public struct ConvertColor: Step, SampleTransform {
    /// The channels of the result.
    public var order: ColorOrder

    /// Makes the step.
    public init(order: ColorOrder) { self.order = order }

    /// The parameters.
    public static let spec = SpecObject(
        "color",
        "Changes the channels of a picture of bytes; gray is ITU-R BT.601 luma in the fixed point of Pillow.",
        initial: ConvertColor(order: .rgb),
        [.required("order", \.order, .enumeration, "The channels of the result.")])

    /// `color: BGR`, or the map.
    public static var type: SpecType<ConvertColor> { spec.type.orShort(.enumeration) { ConvertColor(order: $0) } }

    /// A picture with the channels asked for.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        guard case .image = kind else { throw mismatch(kind, needs: "a picture of bytes") }
        return .image(order)
    }

    /// Converts one picture.
    public func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample {
        guard case .image(let image) = sample else { throw mismatch(sample.kind, needs: "a picture of bytes") }
        return .image(image.converted(to: order))
    }
}

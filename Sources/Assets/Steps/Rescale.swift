public import Specs
import ImageCodecs
import Tensors

/// Multiplies every value and adds a constant: value × scale + offset, in single precision.
public struct Rescale: Step, SampleTransform {
    /// What each value is multiplied by.
    public var scale: Double
    /// What is added afterwards.
    public var offset: Double

    /// Makes the step.
    public init(scale: Double, offset: Double = 0) {
        self.scale = scale
        self.offset = offset
    }

    /// The parameters.
    public static let spec = SpecObject(
        "rescale", "value × scale + offset in single precision, for pictures and f32 tensors.",
        initial: Rescale(scale: 1),
        [
            .required("scale", \.scale, .double, "What each value is multiplied by."),
            SpecField("offset", \.offset, .double, "What is added afterwards."),
        ])

    /// Reals of a picture, or the tensors it is given.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        switch kind {
        case .image(let order), .raster(let order): .raster(order)
        case .tensors: kind
        default: throw mismatch(kind, needs: "a picture or tensors")
        }
    }

    /// Rescales one sample.
    public func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample {
        switch sample {
        case .image(let image): return .raster(try rescale(FloatImage(image), subject: subject))
        case .raster(let raster): return .raster(try rescale(raster, subject: subject))
        case .tensors(let tensors):
            var result: [NamedTensor] = []
            for given in tensors {
                let tensor = try tensor(subject) { () throws(TensorError) in
                    try Tensor(given.tensor.values(of: Float.self).map(rescaled), shape: given.tensor.shape)
                }
                result.append(NamedTensor(name: given.name, tensor: tensor))
            }
            return .tensors(result)
        default: throw mismatch(sample.kind, needs: "a picture or tensors")
        }
    }

    private func rescaled(_ value: Float) -> Float { value * Float(scale) + Float(offset) }

    private func rescale(_ raster: FloatImage, subject: String) throws(AssetError) -> FloatImage {
        try picture(subject) { () throws(ImageError) in
            try FloatImage(
                width: raster.width, height: raster.height, colorOrder: raster.colorOrder,
                samples: raster.samples.map(rescaled))
        }
    }
}

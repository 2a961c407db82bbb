import ImageCodecs
public import Specs

/// Makes reals of a picture: (sample × scale − mean) ÷ deviation, channel by channel.
public struct Normalize: Step, SampleTransform {
    /// What each sample is multiplied by first.
    public var scale: Double
    /// What is taken off, one value a channel.
    public var mean: [Double]
    /// What the difference is divided by, one value a channel.
    public var deviation: [Double]

    /// Makes the step.
    public init(scale: Double, mean: [Double], deviation: [Double]) {
        self.scale = scale
        self.mean = mean
        self.deviation = deviation
    }

    /// The parameters.
    public static let spec = SpecObject(
        "normalize",
        "Makes reals of a picture: (sample × scale − mean) ÷ deviation in single precision, channel by channel in the "
            + "picture's own channel order.",
        initial: Normalize(scale: 1, mean: [], deviation: []),
        [
            .required("scale", \.scale, .double, "What each sample is multiplied by: 0.00392156862745098 is 1/255."),
            .required("mean", \.mean, .list(of: .double, atLeast: 1), "What is taken off, one value a channel."),
            .required(
                "deviation", \.deviation,
                .list(
                    of: SpecType.double.checked { $0 == 0 ? "a deviation of 0 divides by nothing" : nil }, atLeast: 1),
                "What the difference is divided by, one value a channel."),
        ])

    /// A picture of reals; the values must be as many as its channels.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        guard let order = kind.colorOrder else { throw mismatch(kind, needs: "a picture") }
        guard mean.count == order.channels, deviation.count == order.channels else {
            throw AssetError(
                .invalidParameter, subject: "step '\(Self.name)'",
                reason: "\(mean.count) means and \(deviation.count) deviations for \(order.channels) channels",
                remedy: "state one mean and one deviation a channel")
        }
        return .raster(order)
    }

    /// Normalises one picture.
    public func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample {
        let raster: FloatImage
        switch sample {
        case .image(let image): raster = FloatImage(image)
        case .raster(let given): raster = given
        default: throw mismatch(sample.kind, needs: "a picture")
        }
        return .raster(
            try picture(subject) { () throws(ImageError) in
                try raster.normalized(
                    scale: Float(scale), mean: mean.map { Float($0) }, deviation: deviation.map { Float($0) })
            })
    }
}

public import Specs
import ImageCodecs
import Tensors

/// Makes a tensor of a picture, with the channels before or after the rows and columns.
public struct SetLayout: Step, SampleTransform {
    /// The order of the axes; the batch axis N comes in front when a batch is assembled.
    public enum Order: String, Sendable, Hashable, CaseIterable {
        /// Channels, rows, columns.
        case nchw = "NCHW"
        /// Rows, columns, channels.
        case nhwc = "NHWC"
        /// Rows, columns; for gray pictures.
        case nhw = "NHW"
    }

    /// The order of the axes.
    public var order: Order

    /// Makes the step.
    public init(order: Order) { self.order = order }

    /// The parameters.
    public static let spec = SpecObject(
        "layout", "Makes a tensor of a picture: u8 of bytes, f32 of reals.", initial: SetLayout(order: .nchw),
        [.required("order", \.order, .enumeration, "The order of the axes: batch, channels, rows, columns.")])

    /// `layout: NCHW`, or the map.
    public static var type: SpecType<SetLayout> { spec.type.orShort(.enumeration) { SetLayout(order: $0) } }

    /// One unnamed tensor.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        guard let color = kind.colorOrder else { throw mismatch(kind, needs: "a picture") }
        guard order != .nhw || color == .gray else { throw mismatch(kind, needs: "a gray picture for NHW") }
        return .tensors([""])
    }

    /// Lays out one picture.
    public func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample {
        let tensor: Tensor
        switch sample {
        case .image(let image):
            let values = order == .nchw ? image.planes : image.pixels
            tensor = try make(values, image.width, image.height, image.channels, subject)
        case .raster(let image):
            let values = order == .nchw ? image.planes : image.samples
            tensor = try make(values, image.width, image.height, image.channels, subject)
        default: throw mismatch(sample.kind, needs: "a picture")
        }
        return .tensors([NamedTensor(name: "", tensor: tensor)])
    }

    private func make<Scalar: TensorScalar>(
        _ values: [Scalar], _ width: Int, _ height: Int, _ channels: Int, _ subject: String
    ) throws(AssetError) -> Tensor {
        let shape: Shape =
            switch order {
            case .nchw: [channels, height, width]
            case .nhwc: [height, width, channels]
            case .nhw: [height, width]
            }
        return try Assets.tensor(subject) { () throws(TensorError) in try Tensor(values, shape: shape) }
    }
}

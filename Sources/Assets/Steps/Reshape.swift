public import Specs
public import Tensors

/// Gives the tensor of a sample another shape with as many elements.
public struct Reshape: TensorStep {
    /// The shape without the batch axis.
    public var shape: Shape

    /// Makes the step.
    public init(shape: Shape) { self.shape = shape }

    private static let shapes = SpecType<[Int]>.list(of: .int(0...)).mapped(to: { Shape($0) }, from: \.dimensions)

    /// The parameters.
    public static let spec = SpecObject(
        "reshape", "Gives tensors another shape with as many elements.", initial: Reshape(shape: []),
        [.required("shape", \.shape, shapes, "The shape without the batch axis.")])

    /// `reshape: [784]`, or the map.
    public static var type: SpecType<Reshape> { spec.type.orShort(shapes) { Reshape(shape: $0) } }

    /// Reshapes one tensor.
    func apply(_ tensor: Tensor, subject: String) throws(AssetError) -> Tensor {
        try Assets.tensor(subject) { () throws(TensorError) in try tensor.reshaped(to: shape) }
    }
}

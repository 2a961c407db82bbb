public import Specs
import Tensors

/// Softmax over the last axis of an output.
public struct ApplySoftmax: OutputStep, OutputTransform {
    /// Makes the step.
    public init() {}

    /// The parameters: none.
    public static let spec = SpecObject(
        "softmax", "Softmax over the last axis: for models that give logits.", initial: ApplySoftmax(), [])

    /// Applies softmax to each row.
    public func apply(_ value: OutputValue, inputs: [NamedTensor]) throws(AssetError) -> OutputValue {
        let (values, shape) = try values(of: value)
        let width = max(1, shape.last ?? 1)
        var result: [Float] = []
        result.reserveCapacity(values.count)
        for start in stride(from: 0, to: values.count, by: width) {
            result += Softmax.apply(Array(values[start..<min(start + width, values.count)]))
        }
        return .values(result, shape: Shape(shape))
    }
}

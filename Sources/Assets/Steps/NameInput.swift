public import Specs

/// Names the model input that the only tensor of a sample is meant for.
public struct NameInput: Step, SampleTransform {
    /// The name of the input.
    public var input: String

    /// Makes the step.
    public init(input: String) { self.input = input }

    /// The parameters.
    public static let spec = SpecObject(
        "name", "Names the model input that the tensor is meant for; needless for a model with one input.",
        initial: NameInput(input: ""), [.required("input", \.input, .string, "The name of the input.")])

    /// `name: x`, or the map.
    public static var type: SpecType<NameInput> { spec.type.orShort(.string) { NameInput(input: $0) } }

    /// One named tensor.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        guard case .tensors(let names) = kind, names.count == 1 else { throw mismatch(kind, needs: "one tensor") }
        return .tensors([input])
    }

    /// Names one tensor.
    public func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample {
        guard case .tensors(let tensors) = sample, tensors.count == 1 else {
            throw mismatch(sample.kind, needs: "one tensor")
        }
        return .tensors([NamedTensor(name: input, tensor: tensors[0].tensor)])
    }
}

public import Specs
import Tensors

/// One step of post-processing, as a spec declares it.
public protocol OutputStep: Sendable, Hashable {
    /// The name in a spec, the parameters with their defaults, and the documentation.
    static var spec: SpecObject<Self> { get }

    /// How the step is written: as a map of its parameters, or shorter where a step says so (`topK: 5`).
    static var type: SpecType<Self> { get }

    /// Reads what the step needs (labels, characters) and gives what processes outputs.
    func prepare(_ resources: StepResources) throws(AssetError) -> any OutputTransform
}

extension OutputStep {
    /// As a map of the parameters.
    public static var type: SpecType<Self> { spec.type }

    /// The name in a spec.
    public static var name: String { spec.name }

    /// The values of an output, or the error of a step that is given something else.
    func values(of value: OutputValue) throws(AssetError) -> (values: [Float], shape: [Int]) {
        guard case .values(let values, let shape) = value else {
            throw AssetError(
                .stepMismatch, subject: "step '\(Self.name)'", reason: "it needs values and is given a prediction",
                remedy: "let it come before the step that predicts")
        }
        return (values, shape.map { $0 })
    }
}

extension OutputStep where Self: OutputTransform {
    /// The step itself, where it needs no files.
    public func prepare(_ resources: StepResources) throws(AssetError) -> any OutputTransform { self }
}

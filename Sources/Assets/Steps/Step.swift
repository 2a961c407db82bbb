public import Specs

/// One step of pre-processing, as a spec declares it: a value that knows its name, its parameters and what it makes.
///
/// Nothing about a step is decided elsewhere: its `spec` holds every parameter with its default, and the effective spec
/// of a pipeline states them all.
public protocol Step: Sendable, Hashable {
    /// The name in a spec, the parameters with their defaults, and the documentation.
    static var spec: SpecObject<Self> { get }

    /// How the step is written: as a map of its parameters, or shorter where a step says so (`layout: NCHW`).
    static var type: SpecType<Self> { get }

    /// The kind of sample that it makes of another kind.
    ///
    /// - Throws: `AssetError` of code `stepMismatch` when it cannot process that kind.
    func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind

    /// Reads what the step needs (a vocabulary, say) and gives what processes samples.
    func prepare(_ resources: StepResources) throws(AssetError) -> any SampleTransform
}

extension Step {
    /// As a map of the parameters.
    public static var type: SpecType<Self> { spec.type }

    /// The name in a spec.
    public static var name: String { spec.name }

    /// The error of a step that meets a kind of sample it cannot process.
    func mismatch(_ kind: SampleKind, needs: String) -> AssetError {
        AssetError(
            .stepMismatch, subject: "step '\(Self.name)'", reason: "it needs \(needs) and is given \(kind)",
            remedy: "change the order of the steps, or add the step that makes \(needs)")
    }
}

extension Step where Self: SampleTransform {
    /// The step itself, where it needs no files.
    public func prepare(_ resources: StepResources) throws(AssetError) -> any SampleTransform { self }
}

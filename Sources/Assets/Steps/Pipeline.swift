public import Specs

/// Steps in order: from an item of a data set to the inputs of a model.
public struct Pipeline: Sendable {
    /// The steps, first to last.
    public var steps: [any Step]

    /// Makes a pipeline.
    public init(_ steps: [any Step]) { self.steps = steps }

    /// A list of steps in a spec.
    public static let type = SpecType<[any Step]>.list(of: StepCatalogue.type).mapped(
        to: { Pipeline($0) }, from: \.steps)

    /// Every step with every parameter, as it goes into a record.
    public var effective: SpecValue { Self.type.write(self) }

    /// The kind of sample that leaves the pipeline; checks that each step fits the one before it.
    ///
    /// - Throws: `AssetError` that names the step that does not fit.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        var kind = kind
        for (index, step) in steps.enumerated() {
            do throws(AssetError) {
                kind = try step.outputKind(of: kind)
            } catch {
                throw AssetError(
                    error.code, subject: "\(error.subject) (number \(index + 1) of the pipeline)",
                    reason: error.reason, remedy: error.remedy)
            }
        }
        return kind
    }

    /// Checks the steps against the kind of the data set's items, reads what they need, and makes them ready.
    ///
    /// - Throws: `AssetError` when steps do not fit, or what leaves the last one is not tensors.
    public func prepare(
        for kind: SampleKind, resources: StepResources = .none
    ) throws(AssetError) -> PreparedPipeline {
        let output = try outputKind(of: kind)
        guard case .tensors(let names) = output else {
            throw AssetError(
                .stepMismatch, subject: "pipeline", reason: "it ends with \(output), and a model takes tensors",
                remedy: output.colorOrder == nil ? "add the step that makes tensors" : "add 'layout: NCHW'")
        }
        var transforms: [any SampleTransform] = []
        for step in steps { transforms.append(try step.prepare(resources)) }
        return PreparedPipeline(names: names, stepNames: steps.map { Swift.type(of: $0).name }, transforms: transforms)
    }
}

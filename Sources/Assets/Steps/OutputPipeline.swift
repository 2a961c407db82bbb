public import Specs

/// Steps in order: from the outputs of a model to predictions.
public struct OutputPipeline: Sendable {
    /// The steps, first to last.
    public var steps: [any OutputStep]

    /// Makes a pipeline.
    public init(_ steps: [any OutputStep]) { self.steps = steps }

    /// A list of steps in a spec.
    public static let type = SpecType<[any OutputStep]>.list(of: step).mapped(to: { OutputPipeline($0) }, from: \.steps)

    /// Every step with every parameter, as it goes into a record.
    public var effective: SpecValue { Self.type.write(self) }

    /// The documentation of every step, as Markdown.
    public static let markdown: [String] = [
        ApplySoftmax.spec.markdown, TakeTopK.spec.markdown, ReadCharacters.spec.markdown, PoolTokens.spec.markdown,
        ApplyThreshold.spec.markdown,
    ]

    private static let step = SpecType<any OutputStep>.choice(
        "outputStep", "One step of post-processing.",
        [
            SpecCase(
                ApplySoftmax.name, ApplySoftmax.type, ApplySoftmax.spec.documentation, wrap: { $0 },
                unwrap: { $0 as? ApplySoftmax }, bare: ApplySoftmax()),
            form(TakeTopK.self), form(ReadCharacters.self), form(PoolTokens.self), form(ApplyThreshold.self),
        ])

    private static func form<Kind: OutputStep>(_ kind: Kind.Type) -> SpecCase<any OutputStep> {
        SpecCase(kind.name, kind.type, kind.spec.documentation, wrap: { $0 }, unwrap: { $0 as? Kind })
    }

    /// Reads what the steps need and makes them ready.
    public func prepare(resources: StepResources = .none) throws(AssetError) -> PreparedOutputPipeline {
        var transforms: [any OutputTransform] = []
        for step in steps { transforms.append(try step.prepare(resources)) }
        return PreparedOutputPipeline(transforms: transforms)
    }
}

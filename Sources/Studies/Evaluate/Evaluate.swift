import Assets
public import Records
public import Specs

/// The study behind `assay evaluate`: how accurate and how fast real models are on real engines, from one spec.
///
/// Each stack runs in a worker process of its own. A worker that crashes, hangs or writes rubbish is an outcome of its
/// stack; the others finish.
public struct Evaluate: Sendable {
    /// The name of the study in records.
    public static let name = "evaluate"

    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// Carries a spec out.
    ///
    /// A cancelled study gives what it has found so far, marked as partial.
    ///
    /// - Throws: the error of the module whose rule the user's input breaks: `StudyError`, `AssetError`, `GraphError`.
    public func run(_ spec: EvaluateSpec, effective: SpecValue) async throws -> RecordArchive {
        let data = try spec.data.map { try open($0, seed: spec.seed) }
        // What the user gave is checked before anything is installed or started.
        let models = try openModels(spec, data: data)
        let stacks = try spec.stacks.map { try context.stack($0) }.withDistinctTitles
        var reports: [ModelReport] = []
        for model in models {
            guard !Task.isCancelled else { break }
            let evaluation = ModelEvaluation(spec: spec, opened: model, stacks: stacks, data: data, context: context)
            reports.append(try await evaluation.run())
        }
        let builder = EvaluateRecord(spec: spec, effective: effective, stacks: stacks, data: data, context: context)
        return try builder.build(reports, isPartial: Task.isCancelled)
    }

    /// Opens a data set and chooses the samples that are used.
    func open(_ data: DataSpec, seed: Int) throws -> ModelEvaluation.OpenedData {
        let set = try data.source.open(relativeTo: try context.folder(data.origin))
        return ModelEvaluation.OpenedData(
            set: set, indices: try SelectedSamples.indices(of: set, data, seed: seed), policy: data.unreadable)
    }

    /// Reads all models; two of one name are told apart by a number.
    func openModels(_ spec: EvaluateSpec, data: ModelEvaluation.OpenedData?) throws -> [OpenedModel] {
        var counts: [String: Int] = [:]
        return try spec.models.map { modelSpec in
            let known = try context.giving(modelSpec.forms, to: modelSpec.model, for: spec.stacks)
            var model = try known.model(modelSpec.model)
            model.name = modelSpec.name ?? model.name
            counts[model.name, default: 0] += 1
            if let count = counts[model.name], count > 1 { model.name += " #\(count)" }
            return try OpenedModel(modelSpec, model, in: spec, data: data?.set, resources: context.resources)
        }
    }
}

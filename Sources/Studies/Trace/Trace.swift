import Assets
import Engines
import Graphs
import Measurement
public import Records
public import Specs
public import Timelines

/// The study behind `assay trace`: where the time of a model goes, level by level, with what looking at each level costs.
///
/// The levels and their separation are XSP's (Li et al., "XSP: Across-Stack Profiling and Analysis of Machine Learning Models
/// on GPUs", IPDPS 2020): every level is watched in runs of its own, which take turns with those of the other levels; a
/// quantity is taken from the shallowest runs that contain it; and how much longer the runs of a level take than those that
/// nothing watches stands in a ledger beside it.
public struct Trace: Sendable {
    /// The name of the study in records.
    public static let name = "trace"

    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// What came of it.
    public struct Result: Sendable {
        /// The evidence.
        public var archive: RecordArchive
        /// The first runs of every level, for other tools to draw.
        public var timeline: Timeline
    }

    /// Carries a spec out; a cancelled study gives what it has found so far, marked as partial.
    ///
    /// - Throws: the error of the module whose rule the user's input breaks: `StudyError`, `AssetError`, `GraphError`.
    public func run(_ spec: TraceSpec, effective: SpecValue) async throws -> Result {
        let evaluation = spec.evaluation
        guard let modelSpec = evaluation.models.first, evaluation.models.count == 1 else {
            throw StudyError(
                .input, subject: "trace", reason: "it takes one model, and \(evaluation.models.count) were given",
                remedy: "trace each model by itself")
        }
        let data = try evaluation.data.map { data in
            let set = try data.source.open(relativeTo: try context.folder(data.origin))
            return ModelEvaluation.OpenedData(
                set: set, indices: try SelectedSamples.indices(of: set, data, seed: evaluation.seed),
                policy: data.unreadable)
        }
        let known = try context.giving(modelSpec.forms, to: modelSpec.model, for: evaluation.stacks)
        var resolved = try known.model(modelSpec.model)
        resolved.name = modelSpec.name ?? resolved.name
        let opened = try OpenedModel(
            modelSpec, resolved, in: evaluation, data: data?.set, resources: context.resources)
        let model = try Model(contentsOf: resolved.path)
        let stacks = try evaluation.stacks.map { try context.stack($0) }.withDistinctTitles
        let epoch = TraceJob.epoch()
        let rounds = TraceRounds(spec: spec, opened: opened, data: data, stacks: stacks, context: context)
        let traced = try await rounds.run()
        let findings = TraceFindings(spec: spec, model: resolved, graph: model, stacks: traced, hasData: data != nil)
        var assembly = TraceTimeline(model: resolved.name, shown: spec.shown, epoch: epoch)
        for (number, stack) in traced.enumerated() {
            assembly.add(stack, number: number, layers: findings.layers[number])
        }
        let builder = TraceRecord(
            effective: effective, findings: findings, prepared: stacks, data: data, context: context)
        return Result(archive: try builder.build(isPartial: Task.isCancelled), timeline: assembly.timeline)
    }
}

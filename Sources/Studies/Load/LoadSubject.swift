import Assets
import Graphs
import Records
import Specs
import Tensors

/// The model of a study of load, at every batch that was asked for and that it can have, with the inputs of its runs.
struct LoadSubject {
    private let spec: LoadSpec
    private let context: StudyContext
    private let subject: BenchSubject
    private let samples: LoadSamples?

    /// The model's own file.
    var file: ResolvedModel { subject.file }

    /// Reads the model and the samples.
    ///
    /// - Throws: `StudyError`, `AssetError` or `GraphError`.
    init(_ spec: LoadSpec, _ context: StudyContext) throws {
        self.spec = spec
        self.context = context
        var bench = BenchSpec()
        bench.shapes = spec.shapes
        bench.seed = spec.seed
        bench.parts = []
        subject = try BenchSubject(BenchSuite.model(named: spec.model), spec: bench, context: context)
        samples = try spec.data.map { try LoadSamples($0, spec, context) }
    }

    /// Finds the variants of the model, and what is known of the samples.
    ///
    /// - Throws: `StudyError` where the model can have no batch that was asked for, or inputs do not fit; `AssetError`.
    func find(folder: String, into findings: inout LoadFindings) throws {
        findings.samples = samples
        for batch in spec.batches {
            do {
                let (file, model) = try subject.batched(batch, folder: folder)
                findings.variants.append(
                    LoadVariant(batch: batch, file: file, inputs: try inputs(batch: batch, for: model.graph)))
            } catch let obstacle as BatchRewrite.Obstacle {
                findings.obstacles.append((batch, obstacle.reason))
                context.progress.report(.noted("batch \(batch) is left out: \(obstacle.reason)"))
            }
        }
        guard !findings.variants.isEmpty else {
            throw StudyError(
                .shape, subject: spec.model,
                reason: "it can have none of the batches: \(findings.obstacles.first?.reason ?? "")",
                remedy: "ask for batch 1")
        }
    }

    /// As many runs as it takes to use all samples once.
    private func inputs(batch: Int, for graph: Graph) throws -> [[NamedTensor]] {
        let runs = max(1, spec.inputs / batch)
        guard let samples else { return try subject.inputs(runs, batch: batch, for: graph) }
        let binding = InputBinding(
            inputs: graph.requiredInputs,
            constants: Dictionary(spec.constants.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }),
            model: subject.file.name)
        return try samples.runs(runs, batch: batch, joining: spec.joining).map { try binding.bind($0) }
    }
}

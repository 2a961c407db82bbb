import Assets
import Graphs
import Specs

/// The model of a study of stability with its variants, at every batch that was asked for and that each can have.
struct StabilitySubject {
    private let spec: StabilitySpec
    private let subjects: [(name: String, subject: BenchSubject)]
    let samples: StabilitySamples
    /// What outputs mean.
    let labelling: StabilityLabelling
    /// The tensors of each sample alone, as the model takes them.
    let singles: [[NamedTensor]]

    /// The files as they are, the model first.
    var files: [ResolvedModel] { subjects.map(\.subject.file) }

    /// What records call each file, none of them twice.
    var names: [String] { subjects.map(\.name) }

    /// Reads the models and the samples.
    ///
    /// - Throws: `StudyError`, `AssetError` or `GraphError`.
    init(_ spec: StabilitySpec, _ context: StudyContext, folder: String) throws {
        self.spec = spec
        var bench = BenchSpec()
        bench.shapes = spec.shapes
        bench.seed = spec.seed
        bench.parts = []
        var counts: [String: Int] = [:]
        subjects = try ([spec.model] + spec.variants).map { reference in
            let subject = try BenchSubject(BenchSuite.model(named: reference), spec: bench, context: context)
            counts[subject.file.name, default: 0] += 1
            let count = counts[subject.file.name] ?? 1
            return (subject.file.name + (count > 1 ? " #\(count)" : ""), subject)
        }
        let first = subjects[0].subject
        labelling = StabilityLabelling(
            task: try spec.task.make(for: first.graph, named: first.file.name, resources: context.resources))
        let graph: Graph
        do { graph = try first.batched(1, folder: folder).model.graph } catch let obstacle as BatchRewrite.Obstacle {
            throw StudyError(
                .shape, subject: spec.model, reason: "it cannot run one item at a time: \(obstacle.reason)")
        }
        samples =
            try spec.data.map { try StabilitySamples($0, spec, context) }
            ?? StabilitySamples(random: try first.inputs(spec.samples, batch: 1, for: graph), seed: spec.seed)
        let binding = Self.binding(graph, spec)
        singles = try samples.runs(batch: 1, bindingWith: binding).map(\.inputs)
    }

    /// A file at a batch.
    ///
    /// - Throws: `BatchRewrite.Obstacle` where it cannot have it; `StudyError`, `AssetError` or `GraphError`.
    func variant(_ index: Int, batch: Int, folder: String) throws -> StabilityVariant {
        let subject = subjects[index].subject
        // Each file's own folder: two of one name would overwrite each other's.
        let own = index == 0 ? folder : try TemporaryFolder.inner("variant-\(index)", of: folder)
        var (file, model) = try subject.batched(batch, folder: own)
        file.name = subjects[index].name
        if batch > 1 {
            for info in model.graph.requiredInputs {
                let begins = subject.model.feeds[info.name].map { $0.shape.first == .batch } ?? info.hasAxes
                guard begins else {
                    throw BatchRewrite.Obstacle(reason: "input '\(info.name)' does not begin with the batch")
                }
            }
        }
        return StabilityVariant(
            batch: batch, file: file,
            runs: try samples.runs(batch: batch, bindingWith: Self.binding(model.graph, spec)))
    }

    private static func binding(_ graph: Graph, _ spec: StabilitySpec) -> InputBinding {
        InputBinding(
            inputs: graph.requiredInputs,
            constants: Dictionary(spec.constants.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }),
            model: spec.model)
    }
}

extension ValueInfo {
    /// True unless it is known to be a scalar or no tensor.
    fileprivate var hasAxes: Bool {
        guard case .tensor(_, let shape)? = type else { return false }
        return shape.map { !$0.dimensions.isEmpty } ?? true
    }
}

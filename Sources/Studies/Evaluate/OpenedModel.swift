import Assets
import Specs
import Graphs

/// One model of an evaluation, read and found to fit what was asked, before any engine is started.
struct OpenedModel: Sendable {
    let spec: ModelSpec
    let model: ResolvedModel
    let task: any EvaluationTask
    /// The steps from an item of the data to the inputs; `nil` without data.
    let pipeline: PreparedPipeline?
    /// Makes the inputs where there is no data.
    let synthetic: SyntheticBatch
    /// The inputs that have to be fed.
    let asked: [ValueInfo]
    /// What the model computes, by content.
    let computed: ModelFingerprints

    /// Reads the model.
    ///
    /// - Throws: `GraphError`, `AssetError` or `StudyError` when the file, a step, the task or a shape is wrong.
    init(
        _ modelSpec: ModelSpec, _ model: ResolvedModel, in spec: EvaluateSpec, data: (any DataSet)?,
        resources: StepResources
    ) throws {
        let graph = try Model(contentsOf: model.path)
        try graph.validate()
        self.spec = modelSpec
        self.model = model
        asked = graph.graph.requiredInputs
        computed = ModelFingerprints(graph)
        task = try spec.task.make(for: graph, named: model.name, resources: resources)
        pipeline = try data.map { try modelSpec.preprocess.prepare(for: $0.kind, resources: resources) }
        synthetic = SyntheticBatch(
            inputs: graph.graph.requiredInputs, constants: modelSpec.constantValues,
            extents: Dictionary(modelSpec.extents.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }),
            shapes: Dictionary(modelSpec.shapes.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }),
            model: model.name, seed: spec.seed)
        if data == nil { try synthetic.check() }
    }
}

extension ModelSpec {
    /// The constants by the names of their inputs.
    var constantValues: [String: Double] {
        Dictionary(constants.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }
}

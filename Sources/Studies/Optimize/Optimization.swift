public import Graphs
public import Operators
import Specs
import Tensors

/// What passes made of a model, stage by stage; no engine is needed to know it.
public struct Optimization: Sendable {
    /// One application of a pass that changed something.
    public struct Stage: Sendable {
        /// What it changed.
        public var report: PassReport
        /// The model after it.
        public var model: Model
    }

    /// The model as it was.
    public var original: Model
    /// The model after all passes.
    public var result: Model
    /// What changed it, in order.
    public var stages: [Stage]
    /// Size and work of the model as it was.
    public var before: PassReport.Size
    /// Size and work after all passes.
    public var after: PassReport.Size
    /// Results of passes that were put aside because they broke a rule: defects of the passes.
    public var refusals: [PassReport]

    /// Applies the passes of a spec.
    ///
    /// - Throws: `OperatorError` of code `unknownPass`, `GraphError` where the model is not valid.
    public init(_ model: Model, _ spec: OptimizeSpec) throws {
        try model.validate()
        let catalogue = PassCatalogue.standard
        let passes = try spec.passes.map { name in
            try catalogue.choose(only: [name])
        }.flatMap(\.self)
        let pipeline = PassPipeline(passes, context: spec.context)
        var stages: [Stage] = []
        let outcome = pipeline.run(model) { report, next in stages.append(Stage(report: report, model: next)) }
        original = model
        result = outcome.model
        refusals = outcome.reports.filter { $0.refusal != nil }
        before = Self.size(model, spec)
        var last = before
        for index in stages.indices {
            stages[index].report.before = last
            last = spec.explains || index == stages.count - 1 ? Self.size(stages[index].model, spec) : last
            stages[index].report.after = last
        }
        after = last
        self.stages = stages
    }

    /// Nodes, and where all shapes are known operations and bytes.
    private static func size(_ model: Model, _ spec: OptimizeSpec) -> PassReport.Size {
        var size = PassReport.Size(nodes: model.nodeCount)
        let shapes = Dictionary(
            spec.shapes.map { ($0.name, SymbolicShape(Shape($0.value))) }, uniquingKeysWith: { $1 })
        if let cost = try? ModelCost(model, shapes: model.shapesForOneItem(given: shapes)), cost.isComplete {
            size.operations = cost.total.operations
            size.bytes = cost.total.bytesRead + cost.total.bytesWritten
        }
        return size
    }
}

public import Graphs
public import Operators
import Specs

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
        var shaped = model
        shaped.apply(spec.shapes.map { ($0.name, $0.value) })
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

    /// Nodes, and as far as shapes are known operations and bytes.
    private static func size(_ model: Model, _ spec: OptimizeSpec) -> PassReport.Size {
        var size = PassReport.Size(nodes: model.nodeCount)
        var shaped = model
        shaped.apply(spec.shapes.map { ($0.name, $0.value) })
        if let cost = try? ModelCost(shaped) {
            size.operations = cost.total.operations
            size.bytes = cost.total.bytesRead + cost.total.bytesWritten
        }
        return size
    }
}

extension Model {
    /// Fixes the shapes of inputs, a first open extent at 1, to count work.
    fileprivate mutating func apply(_ shapes: [(String, [Int])]) {
        for index in graph.inputs.indices {
            guard case .tensor(let element, let declared)? = graph.inputs[index].type else { continue }
            if let given = shapes.first(where: { $0.0 == graph.inputs[index].name }) {
                graph.inputs[index].type = .tensor(element, SymbolicShape(given.1.map(Dimension.fixed)))
            } else if var declared, declared.dimensions.count > 1, declared.dimensions[0].value == nil {
                declared.dimensions[0] = .fixed(1)
                graph.inputs[index].type = .tensor(element, declared)
            }
        }
    }
}

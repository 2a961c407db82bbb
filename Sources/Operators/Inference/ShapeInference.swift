public import Graphs
import Tensors

/// Finds the types of every value of a model from the types of its inputs: shapes as far as they are known, constants
/// by evaluating what does not depend on what is fed, and the elements of small integer vectors through chains such as
/// `Shape` → `Gather` → `Concat` → `Reshape`.
public struct ShapeInference: Sendable {
    /// The operators it knows.
    public var catalogue: OperatorCatalogue
    /// Constants of at most this many elements are folded.
    public var foldingLimit = 1 << 16

    /// Makes an inference.
    public init(catalogue: OperatorCatalogue = .standard) { self.catalogue = catalogue }

    /// Finds the types of every value of the main graph.
    ///
    /// - Parameter shapes: shapes of inputs by name, in place of those the model declares.
    /// - Throws: `OperatorError` with the node path where a node can have no result.
    public func infer(_ model: Model, shapes: [String: SymbolicShape] = [:]) throws(OperatorError) -> TypedModel {
        let known = Set(model.graph.inputs.map(\.name))
        if let stranger = shapes.keys.sorted().first(where: { !known.contains($0) }) {
            throw OperatorError(
                .arity, subject: "input '\(stranger)'", reason: "the model has no input of this name",
                remedy: "its inputs are '\(model.graph.requiredInputs.map(\.name).joined(separator: "', '"))'")
        }
        var symbols: [String: Dimension] = [:]
        var graph = model.graph
        for index in graph.inputs.indices {
            guard let given = shapes[graph.inputs[index].name] else { continue }
            guard case .tensor(let element, let declared)? = graph.inputs[index].type else { continue }
            try unify(declared, given, graph.inputs[index].name, &symbols)
            graph.inputs[index].type = .tensor(element, given)
        }
        // A symbol that one input fixes is fixed in the others too.
        for index in graph.inputs.indices {
            guard case .tensor(let element, let shape?)? = graph.inputs[index].type else { continue }
            let dimensions = shape.withoutPlaceholders.dimensions.map { dimension in
                if case .symbol(let name) = dimension { symbols[name] ?? dimension } else { dimension }
            }
            graph.inputs[index].type = .tensor(element, SymbolicShape(dimensions, denotations: shape.denotations))
        }
        let walk = InferenceWalk(model, self)
        let name = graph.name.isEmpty ? "main" : graph.name
        let context = InferenceWalk.Context(opsets: model.opsets, path: "graph \(name)")
        return try walk.infer(graph, inputs: graph.inputs.map { CallSite.Operand(type: $0.type) }, in: context)
    }

    /// The types of the outputs of one call, checked against the operator's signature.
    ///
    /// - Throws: `OperatorError` where the call can have no result.
    public func infer(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let walk = InferenceWalk(Model(graph: Graph()), self)
        guard let target = catalogue.find(domain: site.node.domain, name: site.node.operatorType) else {
            throw InferenceWalk.unknown(site.node, site.path)
        }
        return try walk.facts(of: target, site).map { $0?.type }
    }

    private func unify(
        _ declared: SymbolicShape?, _ given: SymbolicShape, _ input: String, _ symbols: inout [String: Dimension]
    ) throws(OperatorError) {
        guard let declared else { return }
        let mismatch = OperatorError(
            .shape, subject: "input '\(input)'",
            reason: "its shape cannot be \(given.text) where the model takes \(declared.text)")
        guard declared.dimensions.count == given.dimensions.count else { throw mismatch }
        for (old, new) in zip(declared.withoutPlaceholders.dimensions, given.dimensions) {
            switch (old, new) {
            case (.fixed(let a), .fixed(let b)): if a >= 0, a != b { throw mismatch }
            case (.symbol(let name), _):
                if let first = symbols[name], first != new { throw mismatch }
                symbols[name] = new
            default: break
            }
        }
    }
}

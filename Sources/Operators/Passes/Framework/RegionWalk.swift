import Graphs
import Tensors

/// Takes a pass through the regions of a model: bodies before what holds them, functions after the main graph.
struct RegionWalk {
    private let original: Model
    private let context: PassContext
    private let inference: InferenceWalk
    private let thriftyInference: InferenceWalk
    private let shared: RegionShared
    private let limit: Int
    private let known: KnownRegions
    private(set) var rewrites = 0
    /// How many regions were visited.
    private var visits = 0

    init(_ model: Model, _ context: PassContext, limit: Int, known: KnownRegions) {
        original = model
        self.limit = limit
        self.known = known
        self.context = context
        var settings = ShapeInference(catalogue: context.catalogue)
        settings.foldingLimit = limit
        inference = InferenceWalk(model, settings)
        settings.foldingLimit = min(limit, ConstantFolding.growth)
        thriftyInference = InferenceWalk(model, settings)
        shared = RegionShared(model, context)
    }

    /// The rewritten model; `nil` where nothing was found.
    mutating func rewritten(by pass: some RegionPass) -> Model? {
        var model = original
        let overridable = model.overridableInputs(context)
        let inputs = model.graph.inputs.map { info in
            CallSite.Operand(type: info.type.map(\.withoutPlaceholders))
        }
        model.graph = visit(
            model.graph, .main, inputs: inputs, outer: [:], overridable: overridable, opsets: model.opsets, pass)
        for index in model.functions.indices { visit(&model.functions[index], pass) }
        guard rewrites > 0 else { return nil }
        if let raised = shared.raisedOpset { model.opsets[""] = raised }
        model.settle(overridable: overridable, as: original)
        return model
    }

    private mutating func visit(_ function: inout Function, _ pass: some RegionPass) {
        // A body imports its own operator sets; one that imports none cannot be understood.
        guard !function.opsets.isEmpty else { return }
        let graph = Graph(
            name: function.name, nodes: function.nodes, inputs: function.inputs.map { ValueInfo($0) },
            outputs: function.outputs.map { ValueInfo($0) })
        let inputs = [CallSite.Operand?](repeating: nil, count: function.inputs.count)
        function.nodes =
            visit(graph, .function, inputs: inputs, outer: [:], overridable: [], opsets: function.opsets, pass).nodes
        let defined = Set(function.inputs).union(function.nodes.flatMap(\.outputs))
        function.valueInfos.removeAll { !defined.contains($0.name) }
    }

    private mutating func visit(
        _ graph: Graph, _ kind: Region.Kind, inputs: [CallSite.Operand?], outer: [String: CallSite.Operand],
        overridable: Set<String>, opsets: [String: Int], _ pass: some RegionPass
    ) -> Graph {
        var graph = graph
        func facts() -> RegionFacts {
            RegionFacts(
                graph, inputs: inputs, outer: outer, overridable: overridable, opsets: opsets, walk: inference,
                thriftyWalk: thriftyInference, foldsQuantization: context.foldsQuantization)
        }
        let key = KnownRegions.Key(limit: limit, visit: visits)
        visits += 1
        var scope = rewrites == 0 ? known[key]?.facts : nil
        if graph.nodes.contains(where: { !$0.subgraphs.isEmpty }) {
            let (before, present) = (rewrites, scope ?? facts())
            for index in graph.nodes.indices where !graph.nodes[index].subgraphs.isEmpty {
                visitBodies(of: &graph.nodes[index], present, kind: kind, opsets: opsets, pass)
            }
            scope = rewrites == before ? present : nil
        }
        var region: Region
        if rewrites == 0, let same = known[key] {
            region = same.shared(by: shared)
        } else {
            region = Region(
                graph, kind: kind, opsets: opsets, facts: scope ?? facts(), overridable: overridable, shared: shared)
            if rewrites == 0 { known[key] = region }
        }
        pass.rewrite(&region)
        guard region.rewrites > 0, let result = region.finished() else { return graph }
        rewrites += region.rewrites
        return result
    }

    private mutating func visitBodies(
        of node: inout Node, _ scope: RegionFacts, kind: Region.Kind, opsets: [String: Int], _ pass: some RegionPass
    ) {
        for place in node.attributes.indices {
            node.attributes[place].value = node.attributes[place].value.mappingSubgraphs { body in
                // What a loop carries may change its shape from one iteration to the next: only element types hold.
                let inputs = body.inputs.map { info -> CallSite.Operand? in
                    guard case .tensor(let element, _)? = info.type else { return nil }
                    return CallSite.Operand(type: .tensor(element, nil))
                }
                let inner: Region.Kind = kind == .function ? .functionBody : .body
                return visit(body, inner, inputs: inputs, outer: scope.all, overridable: [], opsets: opsets, pass)
            }
        }
    }
}

/// What the regions of one application of a pass share.
final class RegionShared {
    let context: PassContext
    /// The functions that nodes may call, which hide operators of their names.
    let functions: [FunctionKey: Function]
    private let model: Model
    private var names: FreshNames?
    private(set) var raisedOpset: Int?
    private var raising: OpsetRaising?

    init(_ model: Model, _ context: PassContext) {
        self.model = model
        self.context = context
        functions = Dictionary(model.functions.map { (FunctionKey($0), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A name that nothing in the model uses.
    func fresh(_ base: String) -> String {
        // Changed where it lies: a copy would cost as much as all names of the model.
        if names == nil { names = FreshNames(model) }
        return names?.make(base) ?? base
    }

    /// Whether nodes of the model may come from a newer operator set, which is then the model's.
    func raise(to version: Int) -> Bool {
        guard let limit = context.maximumOpset, version <= limit else { return false }
        if context.mixesVersions { return true }
        let raising = self.raising ?? OpsetRaising(model)
        self.raising = raising
        guard raising.isHarmless(to: max(version, raisedOpset ?? 0)) else { return false }
        raisedOpset = max(version, raisedOpset ?? 0)
        return true
    }
}

extension Model {
    /// Inputs that have a default in an initializer, which a caller may replace.
    func overridableInputs(_ context: PassContext) -> Set<String> {
        // Before IR version 4 every initializer had to be listed among the inputs and was a constant all the same.
        guard irVersion >= 4, !context.freezesDefaults else { return [] }
        return Set(graph.initializers.map(\.name)).union(graph.sparseInitializers.map(\.name))
            .intersection(graph.inputs.map(\.name))
    }

    /// Lists no constant among the inputs, and asks for the lowest IR version that expresses the model.
    ///
    /// - Parameter original: the model before it was rewritten, whose constants may be gone.
    mutating func settle(overridable: Set<String>, as original: Model) {
        let old = original.graph
        let constants = Set(graph.initializers.map(\.name)).union(graph.sparseInitializers.map(\.name))
            .union(old.initializers.map(\.name)).union(old.sparseInitializers.map(\.name))
        graph.inputs.removeAll { constants.contains($0.name) && !overridable.contains($0.name) }
        // Defaults of inputs are constants before IR version 4.
        irVersion = max(lowestSufficientIRVersion, overridable.isEmpty ? 3 : 4)
    }
}

import Engines
import Graphs
import Operators
import Synchronization
import Tensors

/// The compiled forms of a model, one for each set of input shapes, the latest few kept.
final class PlanLibrary: Sendable {
    /// How many are remembered.
    private static let capacity = 8
    /// How many values of small inputs one set of shapes is compiled for; a model that is fed ever new ones is interpreted.
    private static let variants = 4

    /// A model compiled for certain inputs.
    struct Entry: Sendable {
        let shapes: [Shape]
        /// Small inputs whose elements decide shapes or branches, by position.
        let fixed: [Int: Tensor]
        /// `nil` where only the interpreter runs these shapes.
        let compiled: CompiledModel?

        /// Whether it is for these inputs.
        func fits(_ tensors: [Tensor]) -> Bool {
            for (shape, tensor) in zip(shapes, tensors) where shape != tensor.shape { return false }
            for (index, tensor) in fixed where tensors[index] != tensor { return false }
            return true
        }
    }

    /// `nil` once it is compiled for all that it can be fed.
    private let model: Mutex<Model?>
    private let inputs: [String]
    private let catalogue: OperatorCatalogue
    private let library: OneDNNLibrary
    private let threads: Int
    private let weights: WeightStore
    /// What decides the branches of the model.
    private let branches: FedBranches
    /// What rewrites the model once its branches are decided.
    private let rewriting: @Sendable (Model) -> Model
    private let entries = Mutex<[Entry]>([])

    /// - Parameters:
    ///   - branches: what decides the branches of the model; it is rewritten already where that is nothing.
    ///   - rewriting: rewrites what is left of the model once its branches are decided, and no branch that is not taken.
    init(
        _ model: Model, _ catalogue: OperatorCatalogue, _ library: OneDNNLibrary, threads: Int, branches: FedBranches,
        rewriting: @escaping @Sendable (Model) -> Model
    ) {
        self.model = Mutex(model)
        self.branches = branches
        self.rewriting = rewriting
        self.catalogue = catalogue
        self.library = library
        self.threads = threads
        inputs = model.graph.requiredInputs.map(\.name)
        weights = WeightStore(library)
    }

    /// Compiles for the only shapes that the inputs can have, and lets the model go.
    ///
    /// - Returns: the types and shapes of the outputs; `nil` where shapes do not decide all.
    /// - Throws: `EngineError` when oneDNN fails, or a node can have no result for these shapes.
    func settle(_ shapes: [Shape]) throws(EngineError) -> [PlannedTensor]? {
        guard let model = model.withLock({ $0 }), let compiled = try compile(model, shapes) else { return nil }
        entries.withLock { $0 = [Entry(shapes: shapes, fixed: [:], compiled: compiled)] }
        self.model.withLock { $0 = nil }
        weights.forget()
        return compiled.outputs
    }

    /// The compiled model for inputs like these.
    ///
    /// - Throws: `EngineError` when oneDNN fails, or a node can have no result for these shapes.
    func entry(for tensors: [Tensor]) throws(EngineError) -> Entry {
        try entries.withLock { (entries) throws(EngineError) in
            if let index = entries.firstIndex(where: { $0.fits(tensors) }) {
                let entry = entries.remove(at: index)
                entries.insert(entry, at: 0)
                return entry
            }
            let shapes = tensors.map(\.shape)
            let known = entries.count { $0.shapes == shapes && !$0.fixed.isEmpty }
            let entry =
                known < Self.variants
                ? try make(shapes, tensors) : Entry(shapes: shapes, fixed: [:], compiled: nil)
            if entries.count == Self.capacity {
                entries.removeLast()
                // Every rewriting folds weights anew.
                if branches != .none { weights.forget() }
            }
            entries.insert(entry, at: 0)
            return entry
        }
    }

    /// Compiled for the shapes alone where they decide all, else for the elements of small inputs too.
    private func make(_ shapes: [Shape], _ tensors: [Tensor]) throws(EngineError) -> Entry {
        let uncompiled = Entry(shapes: shapes, fixed: [:], compiled: nil)
        guard let model = model.withLock({ $0 }) else { return uncompiled }
        if branches == .none, let compiled = try compile(model, shapes) {
            return Entry(shapes: shapes, fixed: [:], compiled: compiled)
        }
        if branches != .byElements, let compiled = try compile(decided(model, shapes), shapes) {
            return Entry(shapes: shapes, fixed: [:], compiled: compiled)
        }
        var fixed: [Int: Tensor] = [:]
        for (index, tensor) in tensors.enumerated() where tensor.isParameter { fixed[index] = tensor }
        guard !fixed.isEmpty else { return uncompiled }
        let compiled = try compile(decided(model, shapes, fixed), shapes)
        return Entry(shapes: shapes, fixed: compiled == nil ? [:] : fixed, compiled: compiled)
    }

    /// The model for inputs of these shapes and values: a branch that they decide becomes part of the graph.
    private func decided(_ model: Model, _ shapes: [Shape], _ fixed: [Int: Tensor] = [:]) -> Model {
        var special = model
        for (index, tensor) in fixed {
            special.graph.initializers.append(Initializer(name: inputs[index], tensor: tensor))
        }
        let given = Dictionary(zip(inputs, shapes), uniquingKeysWith: { first, _ in first })
        for index in special.graph.inputs.indices {
            guard case .tensor(let element, _)? = special.graph.inputs[index].type,
                let shape = given[special.graph.inputs[index].name]
            else { continue }
            special.graph.inputs[index].type = .tensor(element, SymbolicShape(shape))
        }
        let passes = ["if-inlining", "constant-folding", "shape-folding"].compactMap(PassCatalogue.standard.find)
        var context = PassContext(catalogue: catalogue)
        context.freezesDefaults = true
        special = PassPipeline(passes, context: context).run(special).model
        if branches != .none { special = rewriting(special) }
        // What is fed stays an input, though nothing may read it any more.
        let kept = Set(special.graph.inputs.map(\.name))
        special.graph.inputs += model.graph.inputs.filter { !kept.contains($0.name) }
        return special
    }

    private func compile(_ model: Model, _ shapes: [Shape]) throws(EngineError) -> CompiledModel? {
        defer { weights.forgetRearrangements() }
        guard let graph = try graph(model, shapes) else { return nil }
        if let split = try split(model, graph, shapes) {
            return .split(try SplitPlan(split, library, weights: weights, threads: threads))
        }
        return .whole(try StaticPlan(graph, library, weights: weights, threads: threads))
    }

    private func graph(_ model: Model, _ shapes: [Shape]) throws(EngineError) -> StaticGraph? {
        let named = Dictionary(zip(inputs, shapes), uniquingKeysWith: { first, _ in first })
        do throws(OperatorError) {
            return try StaticGraph(model, inputs: inputs, catalogue: catalogue, shapes: named)
        } catch {
            throw EngineError(.runFailed, subject: error.subject, reason: error.reason, remedy: error.remedy)
        }
    }

    /// The graph as a trunk for one image and a head for the batch, where every input is a batch of the same size.
    private func split(
        _ model: Model, _ graph: StaticGraph, _ shapes: [Shape]
    ) throws(EngineError) -> BatchSplit? {
        guard let batch = shapes.first?.dimensions.first, batch > 1, shapes.allSatisfy({ $0.dimensions.first == batch })
        else { return nil }
        var open = model
        open.graph.valueInfos = []
        for index in open.graph.outputs.indices { open.graph.outputs[index].type = nil }
        for index in open.graph.inputs.indices {
            guard case .tensor(let element, let shape?)? = open.graph.inputs[index].type else { continue }
            open.graph.inputs[index].type = .tensor(
                element, SymbolicShape(shape.dimensions.map { _ in .unknown }))
        }
        let alone = shapes.map { Shape([1] + $0.dimensions.dropFirst()) }
        // Where the model holds the size of the batch, one image does not fit it.
        guard let single = try? self.graph(open, alone) else { return nil }
        return BatchSplit(graph, single: single, batch: batch)
    }
}

extension Tensor {
    /// True for the few integers that a model may read as a size, an index or a switch.
    fileprivate var isParameter: Bool {
        switch elementType {
        case .int64, .int32, .bool: elementCount <= 16
        default: false
        }
    }
}

import Engines
import Graphs
import Operators
import Synchronization
import Tensors

/// The plans of a model, one for each set of input shapes, the latest few kept.
final class PlanLibrary: Sendable {
    /// How many sets of shapes are remembered.
    private static let capacity = 8

    private struct Entry {
        let shapes: [Shape]
        /// `nil` where only the interpreter runs these shapes.
        let plan: CompiledModel?
    }

    private let model: Model
    private let inputs: [String]
    private let catalogue: OperatorCatalogue
    private let library: OneDNNLibrary
    private let threads: Int
    private let weights: WeightStore
    private let entries = Mutex<[Entry]>([])

    init(_ model: Model, _ catalogue: OperatorCatalogue, _ library: OneDNNLibrary, threads: Int) {
        self.model = model
        self.catalogue = catalogue
        self.library = library
        self.threads = threads
        inputs = model.graph.requiredInputs.map(\.name)
        weights = WeightStore(library)
    }

    /// The compiled model for inputs of these shapes; `nil` where it cannot be compiled for them.
    ///
    /// - Throws: `EngineError` when oneDNN fails, or a node can have no result for these shapes.
    func plan(_ shapes: [Shape]) throws(EngineError) -> CompiledModel? {
        try entries.withLock { (entries) throws(EngineError) in
            if let index = entries.firstIndex(where: { $0.shapes == shapes }) {
                let entry = entries.remove(at: index)
                entries.insert(entry, at: 0)
                return entry.plan
            }
            let plan = try make(shapes)
            if entries.count == Self.capacity { entries.removeLast() }
            entries.insert(Entry(shapes: shapes, plan: plan), at: 0)
            return plan
        }
    }

    private func make(_ shapes: [Shape]) throws(EngineError) -> CompiledModel? {
        guard let graph = try graph(model, shapes) else { return nil }
        if let split = try split(graph, shapes) {
            return .split(try SplitPlan(split, library, weights: weights, threads: threads))
        }
        return .whole(try StaticPlan(graph, library, weights: weights, threads: threads))
    }

    private func graph(_ model: Model, _ shapes: [Shape]) throws(EngineError) -> StaticGraph? {
        let named = Dictionary(zip(inputs, shapes), uniquingKeysWith: { first, _ in first })
        do throws(OperatorError) {
            return try StaticGraph(model, catalogue: catalogue, shapes: named)
        } catch {
            throw EngineError(.runFailed, subject: error.subject, reason: error.reason, remedy: error.remedy)
        }
    }

    /// The graph as a trunk for one image and a head for the batch, where every input is a batch of the same size.
    private func split(_ graph: StaticGraph, _ shapes: [Shape]) throws(EngineError) -> BatchSplit? {
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

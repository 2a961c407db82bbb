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
        let plan: StaticPlan?
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

    /// The plan for inputs of these shapes; `nil` where the model cannot be planned for them.
    ///
    /// - Throws: `EngineError` when oneDNN fails, or a node can have no result for these shapes.
    func plan(_ shapes: [Shape]) throws(EngineError) -> StaticPlan? {
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

    private func make(_ shapes: [Shape]) throws(EngineError) -> StaticPlan? {
        let named = Dictionary(zip(inputs, shapes), uniquingKeysWith: { first, _ in first })
        let graph: StaticGraph?
        do throws(OperatorError) {
            graph = try StaticGraph(model, catalogue: catalogue, shapes: named)
        } catch {
            throw EngineError(.runFailed, subject: error.subject, reason: error.reason, remedy: error.remedy)
        }
        return try graph.map { graph throws(EngineError) in
            try StaticPlan(graph, library, weights: weights, threads: threads)
        }
    }
}

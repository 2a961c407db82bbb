import Engines
import Graphs
import Operators
import Tensors

/// A model compiled for inputs of fixed shapes: steps in order, every layout chosen, every byte of memory placed.
final class StaticPlan: Sendable {
    let steps: [PlanStep]
    let buffers: [PlanBuffer]
    let arenaByteCount: Int
    /// The types and shapes of the inputs.
    let inputs: [PlannedTensor]
    /// The types and shapes of the outputs.
    let outputs: [PlannedTensor]
    let library: OneDNNLibrary
    /// The values that were known when it was compiled, weights among them, by name.
    let constants: [String]
    /// The most threads that one of its steps divides its work among.
    let threads: Int

    /// Compiles a graph.
    ///
    /// - Throws: `EngineError` when oneDNN fails.
    init(_ graph: StaticGraph, _ library: OneDNNLibrary, weights: WeightStore, threads: Int) throws(EngineError) {
        self.library = library
        self.threads = threads
        var fusion = ResultFusion(graph)
        let nodes = fusion.fused()
        var builder = try PlanBuilder(
            graph, ConcatenationParts(nodes, graph), library, weights: weights, threads: threads)
        for node in nodes { try builder.add(node) }
        for (index, value) in graph.outputs.enumerated() { try builder.finish(value, as: index) }
        steps = builder.plan.steps
        constants = graph.values.filter { $0.constant != nil }.map(\.name)
        var placed = builder.plan.buffers
        arenaByteCount = MemoryPlan.place(&placed)
        buffers = placed
        let tensor = { (value: Int) in
            PlannedTensor(elementType: graph.values[value].elementType, shape: graph.values[value].shape)
        }
        inputs = graph.inputs.map(tensor)
        outputs = graph.outputs.map(tensor)
    }
}

import Engines
import Tensors

/// A plan that runs a trunk image by image, each thread on images of its own, and a head on the whole batch.
final class SplitPlan: Sendable {
    let trunk: StaticPlan
    let head: StaticPlan
    let team: Team
    let batch: Int

    /// Compiles both parts.
    ///
    /// - Throws: `EngineError` when oneDNN fails.
    init(_ split: BatchSplit, _ library: OneDNNLibrary, weights: WeightStore, threads: Int) throws(EngineError) {
        batch = split.batch
        team = Team(library: library, count: min(threads, batch))
        // oneDNN divides the work of a primitive among the threads there are when the primitive is made.
        library.functions.setThreads(1)
        defer { library.functions.setThreads(Int32(threads)) }
        trunk = try StaticPlan(split.trunk, library, weights: weights, threads: 1)
        library.functions.setThreads(Int32(threads))
        head = try StaticPlan(split.head, library, weights: weights, threads: threads)
    }
}

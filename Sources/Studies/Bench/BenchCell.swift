import Engines
import Measurement
import Records

/// One model at one batch and thread count, on every engine.
struct BenchCell: Sendable {
    /// What is known of one engine in the cell.
    struct Entry: Sendable {
        /// What the record calls the stack.
        let title: String
        /// The configuration that was taken, in words; empty where none could be started.
        var configuration = ""
        /// The configurations that were tried, with their median times in nanoseconds.
        var tried: [(words: String, nanoseconds: Double)] = []
        /// Times of single runs in nanoseconds, one list a round.
        var rounds: [[Int64]] = []
        /// How the engine carried the runs out, where it has more than one way.
        var route: String?
        /// How the warm-up of the worker that took turns went; `nil` where none did.
        var warmup: WarmUpReport?
        var outcome = Outcome.State.completed
        var log = ""
    }

    let variant: BenchVariant
    let threads: Int
    /// One entry an engine, in the order of the spec.
    var entries: [Entry]

    var labels: Labels { variant.labels.merging([Label.threads: String(threads)]) { $1 } }
}

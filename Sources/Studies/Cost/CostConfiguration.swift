/// One way to run an engine: how many threads compute one run, and how many workers run side by side.
package struct CostConfiguration: Sendable, Hashable {
    /// The place of the engine among all of the study.
    package let stack: Int
    /// Threads in each worker.
    package let threads: Int
    /// Workers that run at the same time, each a process with the model of its own.
    package let workers: Int

    /// All threads of all workers: what the configuration takes.
    package var size: Int { threads * workers }

    /// Whether this is a single thread.
    var isSingle: Bool { size == 1 }

    /// In words: `2 workers of 4 threads`.
    package var words: String {
        let threads = self.threads == 1 ? "1 thread" : "\(self.threads) threads"
        return workers == 1 ? threads : "\(workers) workers of \(threads)"
    }
}

/// The ways in which a system grows.
package enum CostDirection: String, Sendable, CaseIterable {
    /// More threads in one worker.
    case threads
    /// More workers of one thread.
    case workers
    /// Both.
    case all

    /// Whether a configuration lies on this way.
    func contains(_ configuration: CostConfiguration) -> Bool {
        switch self {
        case .threads: configuration.workers == 1
        case .workers: configuration.threads == 1
        case .all: true
        }
    }

    /// What sizes on this way count.
    var unit: String { self == .workers ? "workers" : "threads" }
}

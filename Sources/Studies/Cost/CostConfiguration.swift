/// One way to run an engine: how many threads compute one run, how many workers run side by side, and on how many machines.
package struct CostConfiguration: Sendable, Hashable {
    /// The place of the engine among all of the study.
    package let stack: Int
    /// Threads in each worker.
    package let threads: Int
    /// Workers of one machine that run at the same time, each a process with the model of its own.
    package let workers: Int
    /// How many machines run so many workers each, at the same time: the first of the study's.
    package var machines = 1

    /// All threads of all workers of all machines: what the configuration takes.
    package var size: Int { threads * workers * machines }

    /// All threads that compute on one machine.
    var threadsOfMachine: Int { threads * workers }

    /// Whether this is a single thread.
    var isSingle: Bool { size == 1 }

    /// In words: `2 workers of 4 threads`.
    package var words: String {
        let threads = self.threads == 1 ? "1 thread" : "\(self.threads) threads"
        let crew = workers == 1 ? threads : "\(workers) workers of \(threads)"
        return machines == 1 ? crew : crew + " on each of \(machines) machines"
    }
}

/// The ways in which a system grows.
package enum CostDirection: String, Sendable, CaseIterable {
    /// More threads in one worker.
    case threads
    /// More workers of one thread.
    case workers
    /// Both, on one machine.
    case all
    /// More machines, each with whatever threads and workers were looked at.
    case machines

    /// Whether a configuration lies on this way.
    func contains(_ configuration: CostConfiguration) -> Bool {
        switch self {
        case .threads: configuration.workers == 1 && configuration.machines == 1
        case .workers: configuration.threads == 1 && configuration.machines == 1
        case .all: configuration.machines == 1
        case .machines: true
        }
    }

    /// How much of what this way counts a configuration takes.
    func size(of configuration: CostConfiguration) -> Int {
        self == .machines ? configuration.machines : configuration.size
    }

    /// What grows, for a reader.
    var words: String { self == .all ? "threads and workers" : rawValue }

    /// What sizes on this way count.
    var unit: String { self == .all ? CostDirection.threads.rawValue : rawValue }
}

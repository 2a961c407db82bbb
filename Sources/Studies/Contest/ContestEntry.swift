package import Engines
package import Measurement
package import Records

/// What one contender did.
package struct ContestEntry: Sendable {
    /// What tables call it.
    package let title: String
    /// Times of single runs in nanoseconds: fresh process, round, run.
    ///
    /// The processes of one index lived together and took turns, whatever the contender.
    package var processes: [[[Int64]]] = []
    /// What was read before and after each turn, outside of what is timed: fresh process, round, reading.
    package var readings: [[[MachineReading]]] = []
    /// The processors that each process kept to; `nil` for one that the kernel placed.
    package var processors: [[Int]?] = []
    /// How the warm-up of each process went.
    package var warmups: [WarmUpReport] = []
    /// Time to prepare the model and make its session, in nanoseconds, one number a process.
    package var loads: [Int64] = []
    /// Peak resident memory in bytes after the first runs, one number a process.
    package var peaks: [Int64] = []
    /// Completed unless a process failed; then it took no further part.
    package var outcome: Outcome.State = .completed
    /// The end of what the failed process wrote to standard error.
    package var log = ""
    /// What the library said it is.
    package var identity: EngineIdentity?
    /// The options in force.
    package var options: EngineOptions?
    /// How the engine carried the runs out, where it has more than one way: `plan`, `interpreter`.
    package var route: String?

    /// Makes an entry of a contender that has not begun.
    package init(title: String) { self.title = title }

    /// The turns of each process with what was read around them.
    package var stretches: [MeasuredStretch] {
        zip(processes, zip(readings, processors)).map { rounds, rest in
            var stretch = MeasuredStretch(samples: [], processors: rest.1)
            for (samples, readings) in zip(rounds, rest.0) {
                stretch.append(MeasuredStretch(samples: samples, readings: readings))
            }
            return stretch
        }
    }

    /// All run times.
    package var samples: [Int64] { processes.flatMap { $0.flatMap(\.self) } }
}

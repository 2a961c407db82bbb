import Engines
import Measurement

/// Times several workers in short bursts that alternate, in an order drawn anew each round, so that what disturbs the
/// machine disturbs all alike.
struct ContestTurns: Sendable {
    let clock: MeasureJob.Clock
    let burst: Duration
    let limit: Duration
    /// Whether process and machine are read before and after each turn.
    var isWatched = false

    /// What a worker did in its turns.
    struct Series: Sendable {
        /// Times of single runs in nanoseconds, one list a round.
        var rounds: [[Int64]] = []
        /// What was read before and after each of them.
        var readings: [[MachineReading]] = []
        /// How the engine carried the runs out, where it has more than one way.
        var route: String?
        var failure: WorkerError?
    }

    /// After its turn a pool that spins goes on for some milliseconds; the next one must not pay for that.
    private static let settling = Duration.milliseconds(50)

    /// Runs a fixed number of rounds; the result has one series a runner.
    ///
    /// A cancelled task ends after a whole round.
    func run(_ runners: [ContestRunner], rounds: Int, turns: inout SeededTurns) async -> [Series] {
        var series = [Series](repeating: Series(), count: runners.count)
        let settles = runners.contains { $0.seat.loaded.effectiveOptions.spinning }
        for _ in 0..<rounds where !Task.isCancelled {
            for index in turns.next(Array(runners.indices)) where series[index].failure == nil {
                do throws(WorkerError) {
                    let response = try await turn(runners[index])
                    series[index].rounds.append(response.samples.divided(among: runners[index].batch))
                    series[index].readings.append(response.readings)
                    series[index].route = response.route
                } catch {
                    series[index].failure = error
                }
                if settles { try? await Task.sleep(for: Self.settling) }
            }
        }
        return series
    }

    private func turn(_ runner: ContestRunner) async throws(WorkerError) -> MeasureJob.Response {
        let request = MeasureJob.Request(
            model: runner.seat.loaded.id, inputs: runner.inputs, warmup: .zero, warmupRuns: runner.warmupRuns,
            duration: burst, maximumSamples: 10_000, batch: runner.batch, clock: clock, added: runner.added,
            readsEnds: isWatched)
        return try await runner.seat.client.perform(MeasureJob.self, request, limit: limit + burst * 8)
    }
}

import Assets
import Engines
import Measurement

/// Times several workers in short bursts that alternate, in an order drawn anew each round, so that what disturbs the
/// machine disturbs all alike.
struct BenchTurns: Sendable {
    let clock: MeasureJob.Clock
    let burst: Duration
    let seed: Int
    let limit: Duration

    /// What a worker did in its turns.
    struct Series: Sendable {
        /// Times of single runs in nanoseconds, one list a round.
        var rounds: [[Int64]] = []
        var failure: WorkerError?
    }

    /// After its turn a pool that spins goes on for some milliseconds; the next one must not pay for that.
    private static let settling = Duration.milliseconds(50)

    /// Runs a fixed number of rounds; the result has one series a seat.
    ///
    /// A cancelled task ends after a whole round.
    func run(
        _ seats: [StackSeat], _ inputs: [NamedTensor], rounds: Int, paces: [BenchPace]
    ) async -> [Series] {
        var series = [Series](repeating: Series(), count: seats.count)
        var turns = SeededTurns(seed: seed)
        let settles = seats.contains { $0.loaded.effectiveOptions.spinning }
        for _ in 0..<rounds where !Task.isCancelled {
            for index in turns.next(Array(seats.indices)) where series[index].failure == nil {
                do throws(WorkerError) {
                    series[index].rounds.append(try await turn(seats[index], inputs, paces[index]))
                } catch {
                    series[index].failure = error
                }
                if settles { try? await Task.sleep(for: Self.settling) }
            }
        }
        return series
    }

    private func turn(
        _ seat: StackSeat, _ inputs: [NamedTensor], _ pace: BenchPace
    ) async throws(WorkerError) -> [Int64] {
        let request = MeasureJob.Request(
            model: seat.loaded.id, inputs: seat.ordered(inputs), warmup: .zero, warmupRuns: pace.warmupRuns,
            duration: burst, maximumSamples: 10_000, batch: pace.batch, clock: clock)
        return try await seat.client.perform(MeasureJob.self, request, limit: limit + burst * 8).samples
            .divided(among: pace.batch)
    }
}

/// How fast a worker is, roughly: it decides how many runs make a sample and a turn.
struct BenchPace: Sendable {
    /// Time of one run, in nanoseconds.
    let nanoseconds: Double

    /// Runs the model until it has settled and looks how long it takes.
    ///
    /// - Throws: `WorkerError`.
    init(_ seat: StackSeat, _ inputs: [NamedTensor], limit: Duration) async throws(WorkerError) {
        let request = MeasureJob.Request(
            model: seat.loaded.id, inputs: seat.ordered(inputs), warmup: .milliseconds(20), warmupRuns: 1,
            duration: .milliseconds(10), maximumSamples: 100)
        let samples = try await seat.client.perform(MeasureJob.self, request, limit: limit * 2).samples.sorted()
        nanoseconds = Double(samples.isEmpty ? 1 : max(samples[samples.count / 2], 1))
    }

    /// So many runs in one sample that reading the processor clock, half a microsecond, is nothing.
    var batch: Int { Int(min(max(200_000 / nanoseconds, 1), 10_000)) }

    /// Samples at the beginning of a turn that are not kept, since others have emptied the caches.
    ///
    /// A long run fills them itself.
    var warmupRuns: Int { nanoseconds > 5e7 ? 0 : 1 }

    /// Time of one turn in nanoseconds.
    func turn(_ burst: Duration) -> Double {
        let sample = nanoseconds * Double(batch)
        return max(burst / .nanoseconds(1), sample) + Double(warmupRuns) * sample + 2e6
    }
}

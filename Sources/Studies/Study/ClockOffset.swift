package import Engines
import Measurement

/// How far the clock of a worker's machine is ahead of this machine's: two bounds that hold for certain.
///
/// The other clock was read after a request was sent and before its answer was here, however the time on the way was shared
/// between the two (Cristian 1989, "Probabilistic clock synchronization", Distributed Computing 3).
package struct ClockOffset: Sendable, Hashable {
    /// The least that it may be ahead, in nanoseconds.
    package let lower: Int64
    /// The most that it may be ahead, in nanoseconds.
    package let upper: Int64

    /// The same clock.
    package static let same = ClockOffset(lower: 0, upper: 0)

    /// How many requests are made for one estimate.
    private static let requests = 8

    /// Makes an offset from its bounds.
    package init(lower: Int64, upper: Int64) {
        self.lower = lower
        self.upper = upper
    }

    /// What one request tells: sent and answered at times of this clock, with a time of the other read in between.
    package init(sent: Int64, read: Int64, answered: Int64) {
        self.init(lower: read &- answered, upper: read &- sent)
    }

    /// How far apart the bounds are, in nanoseconds: the round trip of the request.
    package var uncertainty: Int64 { upper &- lower }

    /// Bounds for all the time from this estimate to a later one, in which one clock may gain steadily on the other.
    package func through(_ later: ClockOffset) -> ClockOffset {
        ClockOffset(lower: min(lower, later.lower), upper: max(upper, later.upper))
    }

    /// Asks a worker for its clock some times; the answer that came fastest has the closest bounds.
    ///
    /// - Throws: `WorkerError`.
    package static func estimate(_ client: WorkerClient, limit: Duration) async throws(WorkerError) -> ClockOffset {
        var best = try await ask(client, limit)
        for _ in 1..<requests {
            let found = try await ask(client, limit)
            if found.uncertainty < best.uncertainty { best = found }
        }
        return best
    }

    private static func ask(_ client: WorkerClient, _ limit: Duration) async throws(WorkerError) -> ClockOffset {
        let sent = MonotonicClock.now()
        let read = try await client.perform(ClockJob.self, ClockJob.Request(), limit: limit).nanoseconds
        return ClockOffset(sent: sent, read: read, answered: MonotonicClock.now())
    }
}

import Engines
import Studies
import Tensors
import TestKit
import Testing

/// Machines whose clocks differ by a known time: what is certain of the other clock, and what counts then.
@Suite struct ClockOffsetTests {
    private static let millisecond: Int64 = 1_000_000

    /// However slow and unequal the ways there and back are, the truth lies between the bounds, as far apart as they are long.
    @Test func theTruthLiesBetweenTheBounds() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<1000 {
            let ahead = Int64(random.integer(in: 0...2_000_000_000_000)) - 1_000_000_000_000
            let (there, back) = (Int64(random.integer(in: 0...9_000_000)), Int64(random.integer(in: 0...9_000_000)))
            let sent = Int64(random.integer(in: 0...1_000_000_000_000))
            let offset = ClockOffset(sent: sent, read: sent + there + ahead, answered: sent + there + back)
            #expect(offset.lower <= ahead && ahead <= offset.upper, "\(ahead)")
            #expect(offset.uncertainty == there + back)
        }
    }

    /// One clock gains a ten-thousandth: the bounds of the time in between hold what it was at every moment of it.
    @Test func aClockThatGainsStaysBetweenTheBounds() {
        func ahead(_ time: Int64) -> Int64 { 7_000_000 + time / 10_000 }
        func ask(_ time: Int64) -> ClockOffset {
            ClockOffset(sent: time, read: time + 1000 + ahead(time + 1000), answered: time + 5000)
        }
        let second = 1000 * Self.millisecond
        let bounds = ask(0).through(ask(60 * second))
        for time in stride(from: 0, through: 60 * second, by: Int(second / 7)) {
            #expect(bounds.lower <= ahead(time) && ahead(time) <= bounds.upper)
        }
        #expect(bounds.uncertainty >= 6 * Self.millisecond)
    }

    /// A worker on this machine that is taken for one elsewhere has a clock that is not ahead at all.
    @Test func aWorkerIsAskedForItsClock() async throws {
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(engine: "fake")
        let sent = MonotonicClock.now()
        let offset = try await ClockOffset.estimate(client, limit: .seconds(30))
        #expect(offset.lower <= 0 && offset.upper >= 0, "\(offset)")
        #expect(offset.uncertainty > 0 && offset.uncertainty <= MonotonicClock.now() - sent, "\(offset)")
        await client.shutdown()
    }

    // MARK: - What counts

    /// Two machines of which each makes a run in 1 ms while it is alone and in 2 ms while both run, from 30 to 100 ms.
    private func machines(ahead: Int64, _ clock: ClockOffset) -> [SharedWindow.Series] {
        func runs(_ count: Int, _ milliseconds: Int64) -> [Int64] {
            Array(repeating: milliseconds * Self.millisecond, count: count)
        }
        let length = 100 * Self.millisecond
        return [
            SharedWindow.Series(begin: 0, elapsed: length, samples: runs(30, 1) + runs(35, 2)),
            SharedWindow.Series(
                begin: 30 * Self.millisecond + ahead, elapsed: length, samples: runs(35, 2) + runs(30, 1), clock: clock),
        ]
    }

    /// Whatever the clocks show and wherever between its bounds the truth lies, only the time in which both ran counts.
    @Test func skewedClocksAreAligned() throws {
        var random = SplitMix64(seed: 3)
        for _ in 0..<300 {
            let ahead = Int64(random.integer(in: 0...2_000_000_000_000)) - 1_000_000_000_000
            let below = Int64(random.integer(in: 0...20_000_000))
            let above = Int64(random.integer(in: 0...20_000_000))
            let clock = ClockOffset(lower: ahead - below, upper: ahead + above)
            let window = try #require(SharedWindow(machines(ahead: ahead, clock)))
            #expect(abs(window.throughput - 1000) < 1e-6, "\(ahead) within \(clock): \(window.throughput)")
            #expect(window.duration == 70 * Self.millisecond - below)
        }
    }

    /// The negative control: clocks that are taken for one count the time in which each was alone.
    @Test func clocksThatAreTakenForOneAreWrong() throws {
        let window = try #require(SharedWindow(machines(ahead: -20 * Self.millisecond, .same)))
        #expect(window.throughput > 1200, "\(window.throughput)")
        #expect(SharedWindow(machines(ahead: 1000 * Self.millisecond, .same)) == nil)
    }

    /// Bounds that are further apart than the machines ran together leave nothing that is certain.
    @Test func whatIsNotCertainDoesNotCount() {
        let clock = ClockOffset(lower: -36 * Self.millisecond, upper: 36 * Self.millisecond)
        #expect(SharedWindow(machines(ahead: 0, clock)) == nil)
    }

    @Test func aSpanIsShorterOnTheOtherClock() throws {
        let clock = ClockOffset(lower: 900, upper: 1100)
        let span = try #require(
            SharedSpan([
                SharedSpan.Presence(begin: 0, end: 10_000),
                SharedSpan.Presence(begin: 3000, end: 14_000, clock: clock),
            ]))
        // It began at 2100 at the latest and ended after 10000: then its clock showed 3200 at most and 10900 at least.
        #expect(span.begin == 2100 && span.end == 10_000)
        #expect(span.on(.same) == 2100..<10_000 && span.on(clock) == 3200..<10_900)
        #expect(SharedSpan([]) == nil)
    }
}

import Studies
import Tensors
import Testing

/// What counts of workers that ran at the same time, against rates that are known.
@Suite struct SharedWindowTests {
    private func series(_ begin: Int64, _ run: Int64, count: Int, gap: Int64 = 0) -> SharedWindow.Series {
        SharedWindow.Series(
            begin: begin, elapsed: (run + gap) * Int64(count), samples: Array(repeating: run, count: count))
    }

    @Test func ratesOfWorkersAdd() throws {
        // 1000 and 500 runs a second, whose times overlap from 3.3 ms to 100 ms.
        let window = try #require(
            SharedWindow([series(0, 1_000_000, count: 100), series(3_300_000, 2_000_000, count: 90)]))
        #expect(abs(window.throughput - 1500) < 1e-6)
        #expect(window.duration == 96_700_000)
        // Halves and more count as runs: 97 of the first, 48 of the second.
        #expect(window.runs.count == 97 + 48)
    }

    @Test func oneWorkerIsItsOwnWindow() throws {
        let window = try #require(SharedWindow([series(7, 250, count: 8, gap: 50)]))
        #expect(abs(window.throughput - 1e9 / 300) < 1e-6)
        #expect(window.runs == Array(repeating: 250, count: 8))
    }

    @Test func whereRunsBeginDoesNotMatter() throws {
        var random = SplitMix64(seed: 5)
        for _ in 0..<100 {
            let late = Int64(random.integer(in: 0...50_000_000))
            let window = try #require(
                SharedWindow([series(late, 7_000_000, count: 40), series(0, 3_000_000, count: 90)]))
            #expect(abs(window.throughput - (1e9 / 7e6 + 1e9 / 3e6)) < 1e-6, "\(late)")
        }
    }

    @Test func samplesOfSeveralRunsCountAsMany() throws {
        let window = try #require(
            SharedWindow([SharedWindow.Series(begin: 0, elapsed: 2000, samples: [1000, 1000], batch: 10)]))
        #expect(abs(window.throughput - 1e7) < 1e-6 && window.runs == [100, 100])
    }

    /// The negative controls: workers that never ran together, and nothing at all.
    @Test func noTimeIsNoRate() {
        #expect(SharedWindow([series(0, 10, count: 5), series(50, 10, count: 5)]) == nil)
        #expect(SharedWindow([series(0, 10, count: 5), series(0, 10, count: 0)]) == nil)
        #expect(SharedWindow([]) == nil)
    }
}

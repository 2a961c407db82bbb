import Records

/// Whether the engine's own time ends before its outputs are there, as that of lazily executed graphs does.
///
/// More work then shows on the side of who waits for the outputs, and not in the engine's own time.
package enum UnsynchronisedTiming {
    /// What was seen at one batch, in nanoseconds.
    package struct Point: Sendable, Hashable {
        var batch: Int
        /// Inside the engine.
        var engine: Double
        /// From the request until the outputs were here.
        var client: Double
        /// What of the engine's own time inputs and outputs took to its device and back; `nil` where it computes in main
        /// memory.
        var transfer: Double?
        /// What crosses between the processes for one run.
        var bytes: Int

        /// Describes what was seen.
        package init(batch: Int, engine: Double, client: Double, transfer: Double? = nil, bytes: Int) {
            self.batch = batch
            self.engine = engine
            self.client = client
            self.transfer = transfer
            self.bytes = bytes
        }

        /// The same within the engine's own time: computing, and until outputs were back from the device.
        ///
        /// Kernels that are not waited for show on the way back.
        fileprivate var onDevice: Point? {
            transfer.map { Point(batch: batch, engine: engine - $0, client: engine, bytes: bytes) }
        }
    }

    /// Bytes that cross in a nanosecond at least: half a gigabyte a second, far below what shared memory does.
    static let bytesPerNanosecond = 0.5

    /// Growth of waiting below this, in nanoseconds, is the scheduler's.
    static let least = 500_000.0

    /// The engine's own time counts as not growing while it grows by less than this share of what the batch does.
    static let share = 0.25

    /// Judges one setting by the smallest and the largest batch.
    package static func finding(_ points: [Point]) -> Pitfall.Finding {
        let within = points.compactMap(\.onDevice)
        guard !within.isEmpty, within.count == points.count else { return finding(points, "the engine's own time") }
        let inside = finding(within, "the time of computing")
        return inside.isFound ? inside : finding(points, "the engine's own time")
    }

    private static func finding(_ points: [Point], _ subject: String) -> Pitfall.Finding {
        guard let small = points.min(by: { $0.batch < $1.batch }), let large = points.max(by: { $0.batch < $1.batch }),
            large.batch >= 2 * small.batch, small.engine > 0, small.client > 0
        else { return .cannotTell("it takes two batches, one at least twice the other") }
        let engine = large.engine / small.engine
        let growth = Double(large.batch) / Double(small.batch)
        let moved = Double(max(large.bytes - small.bytes, 0)) / bytesPerNanosecond
        let hidden = (large.client - large.engine) - (small.client - small.engine) - moved
        let words =
            "from batch \(small.batch) to \(large.batch) \(subject) grows "
            + "\(MetricUnit.number.format(engine)) times, that until the outputs are here "
            + "\(MetricUnit.number.format(large.client / small.client)) times"
        let hides = engine - 1 < share * (growth - 1) && hidden > max(least, large.engine)
        return hides ? .found(words + ": what is timed ends before the outputs are there") : .absent(words)
    }
}

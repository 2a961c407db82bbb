import Foundation
import Tensors

/// When queries arrive at a server that does not wait for answers before the next one comes.
public enum Arrivals: String, Codable, Sendable, Hashable, CaseIterable {
    /// One every 1/rate seconds.
    case constant
    /// A Poisson process: gaps are exponential and independent, as with many callers who know nothing of each other.
    case poisson
    /// Bursts of several queries at once, which themselves are a Poisson process.
    case bursts
    /// A recorded list of times.
    case trace
}

/// The times at which queries are to arrive, in nanoseconds from the start of the run, never decreasing; computed before
/// anything is timed.
public struct ArrivalSchedule: Sendable, Hashable {
    /// The times.
    public let offsets: [Int64]

    /// Takes times as they are; `nil` where one is negative or before the one in front of it.
    public init?(offsets: [Int64]) {
        guard offsets.allSatisfy({ $0 >= 0 }), zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            return nil
        }
        self.offsets = offsets
    }

    /// Until when a schedule goes on: it ends with the first arrival at which both the time and the number are reached.
    public struct Extent: Sendable, Hashable {
        /// The least time from the start to the last arrival, in nanoseconds.
        public var nanoseconds: Int64
        /// The least number of queries.
        public var queries: Int
        /// The most queries, whatever else is asked.
        public var mostQueries: Int

        /// Makes an extent.
        public init(nanoseconds: Int64, queries: Int, mostQueries: Int) {
            self.nanoseconds = max(nanoseconds, 0)
            self.mostQueries = max(mostQueries, 1)
            self.queries = min(max(queries, 1), self.mostQueries)
        }
    }

    /// Draws a schedule of a mean rate; the same seed gives the same times.
    ///
    /// - Parameters:
    ///   - rate: queries a second, above 0.
    ///   - burst: queries that arrive at once, for `bursts`.
    /// - Returns: `nil` for a rate that is not above 0 and finite, and for `trace`, which is not drawn.
    public init?(_ arrivals: Arrivals, rate: Double, burst: Int = 1, extent: Extent, seed: UInt64) {
        guard rate > 0, rate.isFinite, arrivals != .trace else { return nil }
        let size = arrivals == .bursts ? max(burst, 1) : 1
        let gap = 1e9 * Double(size) / rate
        var random = SplitMix64(seed: seed)
        var offsets: [Int64] = []
        // Times are sums of exact gaps, rounded once, so that rounding does not drift.
        var time = 0.0
        var count = 0.0
        while offsets.count < extent.mostQueries {
            switch arrivals {
            case .constant: time = gap * count
            default: time -= gap * log(1 - random.unit())
            }
            count += 1
            guard time < 9e18 else { break }
            let offset = Int64(time)
            offsets += repeatElement(offset, count: min(size, extent.mostQueries - offsets.count))
            if offset >= extent.nanoseconds, offsets.count >= extent.queries { break }
        }
        self.offsets = offsets
    }

    /// The schedule with all times multiplied, so that its mean rate becomes another one; `nil` where it has none.
    public func scaled(toRate rate: Double) -> ArrivalSchedule? {
        guard let own = self.rate, own > 0, rate > 0, rate.isFinite else { return nil }
        let scaled = offsets.map { Double($0) * own / rate }
        guard scaled.allSatisfy({ $0 < 9e18 }) else { return nil }
        return ArrivalSchedule(offsets: scaled.map { Int64($0) })
    }

    /// The first queries, at most so many and none after a time.
    public func prefix(_ count: Int, until nanoseconds: Int64) -> ArrivalSchedule {
        ArrivalSchedule(known: Array(offsets.prefix(max(count, 0)).prefix { $0 <= nanoseconds }))
    }

    private init(known offsets: [Int64]) { self.offsets = offsets }

    /// Queries a second, from the first arrival to the last; `nil` where they are fewer than two or all at once.
    public var rate: Double? {
        guard let first = offsets.first, let last = offsets.last, last > first else { return nil }
        return Double(offsets.count - 1) * 1e9 / Double(last - first)
    }
}

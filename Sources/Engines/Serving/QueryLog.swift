/// Memory for the times of queries that several threads write side by side, allocated and touched beforehand.
///
/// Each query has a place of its own that one thread writes once, so no lock is needed; it is read after all threads have
/// been joined.
package final class QueryLog: @unchecked Sendable {
    /// What is kept of one query, in nanoseconds of one clock.
    package struct Entry: Sendable, Hashable {
        /// When the thread that took the query had become free.
        package let free: Int64
        /// When the first run of the query began.
        package let start: Int64
        /// When its last run had ended.
        package let end: Int64
        /// The number of the thread.
        package let server: Int
    }

    /// The most queries that a log may hold: 160 MB.
    package static let mostQueries = 5_000_000

    private static let width = 4
    private static let unwritten: Int64 = -1

    /// How many queries it holds.
    package let capacity: Int
    private let words: UnsafeMutablePointer<Int64>

    /// Makes a log for queries 0 to `capacity` − 1, at most `mostQueries`.
    package init(capacity: Int) {
        self.capacity = min(max(capacity, 0), Self.mostQueries)
        words = .allocate(capacity: max(self.capacity, 1) * Self.width)
        // Writing every word now keeps page faults out of what is timed.
        words.initialize(repeating: Self.unwritten, count: max(self.capacity, 1) * Self.width)
    }

    deinit { words.deallocate() }

    /// Writes the times of one query; a query beyond the capacity is a mistake of the caller and traps.
    @inline(__always)
    package func write(_ query: Int, free: Int64, start: Int64, end: Int64, server: Int) {
        precondition(query >= 0 && query < capacity)
        let place = words + query &* Self.width
        place[0] = free
        place[1] = start
        place[2] = end
        place[3] = Int64(server)
    }

    /// The times of one query; `nil` where none were written.
    package subscript(query: Int) -> Entry? {
        guard query >= 0, query < capacity else { return nil }
        let place = words + query * Self.width
        guard place[3] != Self.unwritten else { return nil }
        return Entry(free: place[0], start: place[1], end: place[2], server: Int(place[3]))
    }
}

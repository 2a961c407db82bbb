/// A queue that serves first come, first served, computed exactly: when queries that are due at given times, and take
/// given times, begin and end at so many equal servers that are never late.
///
/// For one server this is Lindley's recursion (1952, "The theory of queues with a single server"), for several that of
/// Kiefer and Wolfowitz (1955, "On the theory of queues with many servers").
public struct WaitingLine: Sendable, Hashable {
    /// When each query begins, in nanoseconds.
    public let starts: [Int64]
    /// When each query ends, in nanoseconds.
    public let ends: [Int64]
    /// From when each query is due until it ends, in nanoseconds.
    public let responses: [Int64]

    /// Computes the queue; lists of different lengths are cut to the shorter one.
    ///
    /// - Parameters:
    ///   - scheduled: when each query is due, never decreasing.
    ///   - services: how long each query takes.
    ///   - servers: how many queries are served at once.
    public init(scheduled: [Int64], services: [Int64], servers: Int) {
        var line = EarliestFirst(count: max(servers, 1))
        var starts: [Int64] = []
        var ends: [Int64] = []
        let count = min(scheduled.count, services.count)
        starts.reserveCapacity(count)
        ends.reserveCapacity(count)
        for index in 0..<count {
            let start = max(scheduled[index], line.earliest)
            let end = start + services[index]
            line.replaceEarliest(with: end)
            starts.append(start)
            ends.append(end)
        }
        self.starts = starts
        self.ends = ends
        responses = zip(ends, scheduled).map { $0 - $1 }
    }
}

/// The times at which servers become free, the earliest on top (a binary heap).
private struct EarliestFirst {
    private var times: [Int64]

    init(count: Int) { times = Array(repeating: .min, count: count) }

    var earliest: Int64 { times[0] }

    mutating func replaceEarliest(with time: Int64) {
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < times.count else { break }
            if child + 1 < times.count, times[child + 1] < times[child] { child += 1 }
            guard times[child] < time else { break }
            times[place] = times[child]
            place = child
        }
        times[place] = time
    }
}

/// How the warm-up of a session went.
public struct WarmUpReport: Sendable, Hashable, Codable {
    /// What ended it.
    public enum End: String, Sendable, Hashable, Codable {
        /// The request said how long.
        case told
        /// The run times had settled.
        case settled
        /// Its longest time was over before the run times had settled.
        case capped
        /// Its longest time was over before there were runs enough to tell.
        case tooFewRuns = "too-few-runs"
    }

    /// How many runs it took.
    public var runs: Int
    /// How long it took, in nanoseconds.
    public var nanoseconds: Int64
    /// What ended it.
    public var end: End

    /// Describes a warm-up.
    public init(runs: Int, nanoseconds: Int64, end: End) {
        self.runs = runs
        self.nanoseconds = nanoseconds
        self.end = end
    }

    /// The warm-up of threads that warmed up together: the runs of all, the longest time, and the end that says the least of
    /// how settled they were; `nil` for no thread.
    public init?(joining threads: [WarmUpReport]) {
        let order: [End] = [.capped, .tooFewRuns, .told, .settled]
        guard let longest = threads.map(\.nanoseconds).max(),
            let end = order.first(where: { end in threads.contains { $0.end == end } })
        else { return nil }
        self.init(runs: threads.reduce(0) { $0 + $1.runs }, nanoseconds: longest, end: end)
    }
}

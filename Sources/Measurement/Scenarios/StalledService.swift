/// What theory says of an engine that takes the same time for every query, but stalls once in a period.
///
/// Callers who wait for an answer before they ask again meet a stall with one query in a period, however long it lasts.
/// Callers who come at constant intervals meet it with every query that is due before the queue behind it has drained: the
/// k-th one waits stall − k (interval − service), so the response time falls in a straight line from service + stall to the
/// service time, and its percentiles are read off that line. This difference is the coordinated omission of closed loops
/// (Tene, "How not to measure latency").
public struct StalledService: Sendable, Hashable {
    /// The time of a query that meets no stall, in nanoseconds.
    public let service: Double
    /// How much longer the query takes that meets a stall, in nanoseconds.
    public let stall: Double
    /// From one stall to the next, in nanoseconds.
    public let period: Double

    /// Describes such an engine.
    public init(service: Double, stall: Double, period: Double) {
        self.service = service
        self.stall = stall
        self.period = period
    }

    /// The percentile that one caller in a closed loop measures, in nanoseconds.
    public func closedLoop(_ share: Double) -> Double {
        let queries = max(1, (period - stall) / service)
        return 1 / queries > 1 - share ? service + stall : service
    }

    /// The percentile of the response time when queries are due at constant intervals and one server answers them, in
    /// nanoseconds; `nil` where the queue of one stall is not drained before the next, or never.
    public func scheduled(_ share: Double, interval: Double) -> Double? {
        guard interval > service, period > 0 else { return nil }
        let drained = stall * interval / (interval - service)
        guard drained < period else { return nil }
        // Of the queries of a period, those above x are the first (service + stall − x) / (interval − service).
        let above = (1 - share) * period / interval
        return max(service, service + stall - above * (interval - service))
    }
}

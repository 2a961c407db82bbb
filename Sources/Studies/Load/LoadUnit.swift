import Records

/// The units of load that are not everyone's.
enum LoadUnit {
    /// Queries a second.
    static let rate = MetricUnit(rawValue: "queries/s")
}

/// How a metric was had.
public enum MetricKind: Sendable, Hashable {
    /// It was measured.
    case measured
    /// It was computed from a model of the thing, not observed.
    case modelled
    /// It could not be had, and why.
    case unavailable(reason: String)

    /// The stable name: `measured`, `modelled`, `unavailable`.
    public var name: String {
        switch self {
        case .measured: "measured"
        case .modelled: "modelled"
        case .unavailable: "unavailable"
        }
    }
}

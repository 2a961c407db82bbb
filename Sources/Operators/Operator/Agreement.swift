/// How closely two correct implementations of an operator agree, and why.
public enum Agreement: Sendable, Hashable {
    /// Bit for bit: values are moved, compared or counted.
    case exact
    /// Each element is rounded once or a few times.
    case rounding
    /// Sums whose order is free.
    case accumulation
    /// Approximated functions such as `exp` and `erf`.
    case approximation
    /// Drawn at random: only the distribution agrees.
    case random

    /// The largest max|a−b| / max|b| in f32 that two correct implementations may show on the examples.
    public var relativeTolerance: Double {
        switch self {
        case .exact: 0
        case .rounding: 1e-6
        case .accumulation: 1e-5
        case .approximation: 1e-5
        case .random: .infinity
        }
    }
}

import Records

/// Whether the first run does what later ones do not: choosing kernels, compiling, making memory.
package enum FirstIteration {
    /// From so many settled runs on, the first one is told of.
    static let factor = 3.0

    /// A first run that is longer by less than this, in nanoseconds, is a first touch of memory.
    static let least = 200_000.0

    /// Judges one cell by the time inside the engine of its first run and the median of settled ones, in nanoseconds.
    package static func finding(first: Double?, settled: Double?) -> Pitfall.Finding {
        guard let first, let settled, settled > 0 else {
            return .cannotTell("the first run or settled ones were not timed")
        }
        let (whole, usual) = (MetricUnit.nanoseconds.format(first), MetricUnit.nanoseconds.format(settled))
        let ratio = first / settled
        guard ratio >= factor, first - settled >= least else {
            return .absent("the first run took \(whole), settled ones \(usual)")
        }
        return .found(
            "the first run took \(whole), \(MetricUnit.number.format(ratio)) times the settled \(usual): "
                + "a mean that includes it measures set-up; it is in no time here")
    }
}

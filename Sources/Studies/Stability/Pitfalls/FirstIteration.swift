import Records

/// Whether the first runs do what later ones do not: choosing kernels, compiling, making memory.
package enum FirstIteration {
    /// From so many times a settled run on, an early one is told of.
    static let factor = 3.0

    /// An early run that is longer by less than this, in nanoseconds, is a first touch of memory.
    static let least = 200_000.0

    /// Judges one cell by times inside the engine, in nanoseconds.
    ///
    /// - Parameters:
    ///   - early: the first runs of a process, in their order.
    ///   - settled: the same places later on, with inputs of the same shapes that are as new.
    package static func finding(early: [Int64], settled: [Double]) -> Pitfall.Finding {
        let pairs = zip(early.map(Double.init), settled).filter { $0.1 > 0 }
        guard let (first, usual) = pairs.first else {
            return .cannotTell("the first runs or settled ones were not timed")
        }
        let count = pairs.prefix { $0.0 >= factor * $0.1 && $0.0 - $0.1 >= least }.count
        let (whole, later) = (MetricUnit.nanoseconds.format(first), MetricUnit.nanoseconds.format(usual))
        guard count > 0 else { return .absent("the first run took \(whole), settled ones \(later)") }
        let most = pairs.prefix(count).map { $0.0 / $0.1 }.max() ?? 1
        return .found(
            (count == 1 ? "the first run" : "each of the first \(count) runs") + " took up to "
                + "\(MetricUnit.number.format(most)) times the settled \(later): "
                + "a mean that includes them measures set-up; they are in no time here")
    }
}

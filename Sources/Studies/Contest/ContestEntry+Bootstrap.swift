import Measurement

extension ContestEntry {
    /// The run times in the form that a bootstrap over processes takes, in nanoseconds.
    var runTimes: [[[Double]]] { processes.map { $0.map { $0.map(Double.init) } } }

    /// The ratio of a statistic of all processes together to that of another entry, by a bootstrap over processes.
    func ratio(of statistic: ([[[Double]]]) -> Double, over other: ContestEntry) -> RatioEstimate? {
        HierarchicalBootstrap.ratio(
            of: runTimes, over: other.runTimes, draws: Self.draws(runs: samples.count + other.samples.count), seed: 1,
            statistic: statistic
        ).map { RatioEstimate($0) }
    }

    /// How many draws are made: fewer of many runs, so that a bootstrap ends soon.
    static func draws(runs: Int) -> Int { min(max(20_000_000 / max(runs, 1), 200), 2000) }
}

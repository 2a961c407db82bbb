public import Records

/// Confidence intervals for a proportion, such as an accuracy.
public enum ProportionInterval {
    /// The score interval (Wilson 1927, "Probable inference, the law of succession, and statistical inference").
    ///
    /// Its coverage is close to the level on average; without trials it is all of [0, 1].
    public static func wilson(successes: Int, trials: Int, level: Double = 0.95) -> Interval {
        guard trials > 0 else { return everything(level, "wilson") }
        let successes = min(max(successes, 0), trials)
        let z = Distributions.inverseNormal(0.5 + level / 2)
        let n = Double(trials)
        let p = Double(successes) / n
        let center = (p + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        return Interval(
            lower: successes == 0 ? 0 : max(0, center - half), upper: successes == trials ? 1 : min(1, center + half),
            level: level, method: "wilson")
    }

    /// The exact interval (Clopper and Pearson 1934, "The use of confidence or fiducial limits").
    ///
    /// Its coverage is never below the level; without trials it is all of [0, 1].
    public static func clopperPearson(successes: Int, trials: Int, level: Double = 0.95) -> Interval {
        guard trials > 0 else { return everything(level, "clopper-pearson") }
        let successes = min(max(successes, 0), trials)
        let tail = (1 - level) / 2
        let (x, n) = (Double(successes), Double(trials))
        let lower = successes == 0 ? 0 : Distributions.inverseIncompleteBeta(tail, x, n - x + 1)
        let upper = successes == trials ? 1 : Distributions.inverseIncompleteBeta(1 - tail, x + 1, n - x)
        return Interval(lower: lower, upper: upper, level: level, method: "clopper-pearson")
    }

    private static func everything(_ level: Double, _ method: String) -> Interval {
        Interval(lower: 0, upper: 1, level: level, method: method)
    }
}

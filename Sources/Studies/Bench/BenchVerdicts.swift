import Records

/// Says of every mean, or of every model where there is none, whether the engine under test is the faster one.
struct BenchVerdicts {
    /// The engine under test.
    let engine: String
    let metrics: [Metric]

    var all: [Verdict] {
        let means = metrics.filter { $0.name == "time.geomean" }
        return (means.isEmpty ? metrics.filter { $0.name == "time.ratio" } : means).map(verdict)
    }

    private func verdict(_ metric: Metric) -> Verdict {
        let labels = metric.labels
        let threads = labels[Label.threads] == "1" ? "1 thread" : "\(labels[Label.threads] ?? "?") threads"
        let setting = "batch \(labels[Label.batch] ?? "?"), \(threads)"
        let subject = (labels[Label.model] ?? "\(labels["group"] ?? "all") models") + ", " + setting
        guard let interval = metric.interval else {
            return Verdict(.fast, subject: subject, "\(engine) has no ratio", .unknown, metric: metric)
        }
        let (statement, state): (String, Verdict.State) =
            switch (interval.lower, interval.upper) {
            case (_, ..<1): ("\(engine) is faster than the faster peer", .holds)
            case (let lower, _) where lower > 1: ("\(engine) is slower than the faster peer", .fails)
            default: ("\(engine) and the faster peer cannot be told apart", .unknown)
            }
        return Verdict(.fast, subject: subject, statement, state, metric: metric)
    }
}

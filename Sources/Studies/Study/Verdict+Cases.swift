import Records

extension Verdict {
    /// Whether a stack is right wherever it runs at all: what it lacks is no wrong answer, and where it runs nothing it
    /// cannot be told.
    ///
    /// - Parameters:
    ///   - counts: the cases in words.
    ///   - metric: the metric that carries the verdict.
    init(on stack: String, counts: [String], passing: Int, isRight: Bool, metric: String, in record: Record) {
        self.init(
            .itself, subject: stack, counts.joined(separator: ", "),
            passing == 0 && isRight ? .unknown : isRight ? .holds : .fails,
            metric: record.metric(metric, [Label.stack: stack]), record: record.id, varies: false)
    }
}

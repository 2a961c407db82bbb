/// How much of the difference in one observable each ingredient explains.
struct ReplayCause: Sendable, Hashable {
    /// What was looked at.
    let observable: String
    /// The candidates, the most important first, with what each explains in the observable's own unit.
    let parts: [Part]
    /// The part that only several explain together.
    let together: Double
    /// The part that stays when everything that can be is as recorded.
    let rest: Double
    /// The whole difference.
    let total: Double

    /// What one ingredient explains.
    struct Part: Sendable, Hashable {
        let ingredient: String
        let value: Double
        /// Its share of the whole.
        let share: Double
        /// The interval of the share; `nil` where it is no estimate.
        var lower: Double?
        var upper: Double?
    }

    init(observable: String, names: [String], shares: Shares) {
        self.init(
            observable: observable,
            parts: zip(names, shares.values).map { ($0, $1, nil) }, together: shares.together, rest: shares.rest,
            total: shares.total)
    }

    init(
        observable: String, parts: [(name: String, value: Double, half: Double?)], together: Double, rest: Double,
        total: Double
    ) {
        self.observable = observable
        self.together = together
        self.rest = rest
        self.total = total
        let scale = total == 0 ? 1 : total
        self.parts = parts.map { part in
            let share = part.value / scale
            let half = part.half.map { abs($0 / scale) }
            return Part(
                ingredient: part.name, value: part.value, share: share, lower: half.map { share - $0 },
                upper: half.map { share + $0 })
        }.sorted { abs($0.share) > abs($1.share) }
    }

    /// The share of what no swap explains.
    var restShare: Double { total == 0 ? 0 : rest / total }

    /// The ingredient that explains the most, where it explains more than what is left.
    var main: Part? {
        guard let first = parts.first, first.value != 0, abs(first.share) > abs(restShare) else { return nil }
        return first
    }
}

package import Measurement
package import Records

/// The run times of one stack, with what disturbed them: what a record says of how far they may be trusted.
package struct WatchedSeries: Sendable {
    /// Model, stack and whatever else tells the series apart.
    package var labels: Labels
    /// What disturbed the runs.
    package var certificate: StationarityCertificate
    /// How the warm-up of each session went; empty where there was none.
    package var warmups: [WarmUpReport]

    /// Judges a series.
    package init(_ labels: Labels, _ stretches: [MeasuredStretch], warmups: [WarmUpReport] = []) {
        self.labels = labels
        certificate = StationarityCertificate(stretches)
        self.warmups = warmups
    }

    /// Takes over what a worker found.
    package init(_ labels: Labels, _ certificate: StationarityCertificate, warmups: [WarmUpReport] = []) {
        self.labels = labels
        self.certificate = certificate
        self.warmups = warmups
    }

    /// What tables call it.
    private var title: String {
        [labels[Label.model], place].compactMap(\.self).joined(separator: " on ")
    }

    /// The stack, with what else tells the series apart.
    private var place: String {
        let rest = labels.filter { $0.key != Label.model && $0.key != Label.stack }.sorted { $0.key < $1.key }
        return ([labels[Label.stack] ?? ""] + rest.map { Double($0.value) == nil ? $0.value : "\($0.key) \($0.value)" })
            .joined(separator: ", ")
    }

    /// The numbers of the record: how much of the time was disturbed, what the runs are worth, and how long warming up took.
    package var metrics: [Metric] {
        var metrics = [
            Metric(
                "stationarity.disturbed", certificate.findings.first?.share ?? 0, .fraction,
                count: certificate.samples, labels: labels, varies: true)
        ]
        if let waiting = certificate.waiting {
            metrics.append(
                Metric(
                    "stationarity.waiting", waiting, .fraction, count: certificate.samples, labels: labels, varies: true
                ))
        }
        if let effective = certificate.effectiveSamples {
            metrics.append(
                Metric(
                    "stationarity.independent", effective, .number, count: certificate.samples, labels: labels,
                    varies: true))
        }
        if let time = warmups.metric(labels) { metrics.append(time) }
        return metrics
    }

    /// What the reader must know before the numbers; `nil` where nothing is wrong.
    package var note: String? {
        var words: [String] = []
        if !certificate.findings.isEmpty { words.append(certificate.statement) }
        if let unsettled = warmups.unsettled { words.append(unsettled) }
        return words.isEmpty ? nil : "\(title): " + words.joined(separator: "; ")
    }

    /// What the numbers of a record say of the run times of a stack; `nil` where nothing was watched.
    static func verdict(on stack: String, in record: Record) -> Verdict? {
        guard let disturbed = record.metric("stationarity.disturbed", [Label.stack: stack]),
            let share = disturbed.value, let runs = disturbed.count
        else { return nil }
        func verdict(_ statement: String, _ state: Verdict.State) -> Verdict {
            Verdict(.fast, subject: "", statement, state)
        }
        if share > 0 {
            return verdict("disturbed for \(MetricUnit.fraction.format(share)) of its \(runs) runs' time", .fails)
        }
        guard runs >= ChangePoints.fewestSamples else {
            return verdict("\(runs) runs are too few to tell whether anything disturbed them", .unknown)
        }
        let independent = record.metric("stationarity.independent", [Label.stack: stack])?.value
        let worth = independent.map { ", worth \(MetricUnit.count.format($0.rounded())) independent ones" } ?? ""
        return verdict("nothing was found that disturbed its \(runs) runs\(worth)", .holds)
    }

    fileprivate var row: [Cell] {
        let found: Cell =
            certificate.findings.first.map { .state(.fails, $0.cause.words) }
            ?? (certificate.isConclusive ? .state(.holds, "stationary") : .state(.unknown, "too few runs"))
        let share = certificate.findings.first.map { Cell.quantity(Quantity($0.share, .fraction)) } ?? .text("")
        return [
            .text(labels[Label.model] ?? ""), .text(place), found, share,
            .text(certificate.findings.map(\.evidence).joined(separator: "; ")),
            certificate.effectiveSamples.map { .quantity(Quantity($0.rounded(), .count, count: certificate.samples)) }
                ?? .missing("too few runs"),
        ]
    }
}

extension [WatchedSeries] {
    /// The certificates as a table; `nil` without series.
    package var exhibit: Exhibit? {
        guard !isEmpty else { return nil }
        let warmsUp = contains { !$0.warmups.isEmpty }
        let columns: [Table.Column] = [
            .init("model"), .init("stack"), .init("found"), .init("share of the time", .right), .init("what shows it"),
            .init("independent runs", .right),
        ]
        return Exhibit(
            "stationarity", title: "What disturbed the runs",
            caption:
                "Process and machine are read between blocks of runs, or before and after each turn. A disturbance is named when it takes 1 % of the "
                + "time or changes the level by 2 %. Independent runs: how many tell as much, since neighbours depend on "
                + "each other.",
            question: .fast, varies: true,
            .table(
                Table(
                    columns: columns + (warmsUp ? [.init("warm-up")] : []),
                    rows: map { $0.row + (warmsUp ? [.text($0.warmups.words)] : []) })))
    }
}

import Operators
import Records

/// The support matrix, what stands behind it, and the micro-benchmarks.
struct OperatorSupportExhibits {
    let stacks: [StackSupport]
    let metrics: [Metric]

    var all: [Exhibit] { [matrix, families, findings, medians].compactMap(\.self) }

    /// The operators that were tried, in the order of the catalogue.
    private var targets: [String] {
        var seen: Set<String> = []
        return stacks.flatMap(\.cases).map(\.target).filter { seen.insert($0).inserted }
    }

    private var matrix: Exhibit {
        let byTarget = stacks.map { Dictionary(grouping: $0.cases, by: \.target) }
        let rows = targets.map { target in
            [Cell.text(target)] + byTarget.map { cell($0[target] ?? []) }
        }
        return Exhibit(
            "support", title: "Which operators each engine computes as the reference kernels do",
            caption: "Examples that agree, of those tried; an engine fails where an answer differs or its worker ends.",
            question: .itself,
            .table(
                Table(
                    columns: [Table.Column("operator")] + stacks.map { Table.Column($0.title) }, rows: rows)))
    }

    private func cell(_ cases: [SupportCase]) -> Cell {
        let tally = SupportTally(cases)
        guard tally.run > 0 else { return .missing(cases.isEmpty ? "" : "not run") }
        let text = "\(tally.agreeing) of \(tally.run)"
        if tally.differing + tally.failed > 0 { return .state(.fails, text) }
        return .state(tally.agreeing == tally.run ? .holds : .unknown, text)
    }

    /// The share of agreeing examples by family; left out where a single family was chosen.
    private var families: Exhibit? {
        let family = Dictionary(
            OperatorCatalogue.standard.all.map { ($0.title, $0.family) }, uniquingKeysWith: { $1 })
        let present = Set(targets.compactMap { family[$0] })
        guard present.count > 1 else { return nil }
        let rows = OperatorFamily.allCases.filter(present.contains)
        let values = rows.map { row in
            stacks.map { stack -> Double? in
                let tally = SupportTally(stack.cases.filter { family[$0.target] == row })
                return tally.run > 0 ? Double(tally.agreeing) / Double(tally.run) : nil
            }
        }
        return Exhibit(
            "families", title: "Support by family", caption: "The share of examples that agree.", question: .itself,
            .heatMap(
                HeatMap(
                    rows: rows.map(\.rawValue), rowTitle: "family", columns: stacks.map(\.title), columnTitle: "stack",
                    axis: Axis("examples that agree", .fraction), values: values)))
    }

    /// Every case that was run and does not agree, in the engine's words.
    private var findings: Exhibit? {
        let rows = stacks.flatMap { stack in
            stack.cases.compactMap { entry -> [Cell]? in
                guard let (kind, words) = Self.words(entry.state) else { return nil }
                return [.text(stack.title), .text(entry.path), .text(kind), .text(words)]
            }
        }
        guard !rows.isEmpty else { return nil }
        return Exhibit(
            "findings", title: "What does not agree, and why",
            caption: "Differences are max|a−b| / max|b|. Refusals are in the engine's own words, shortened.",
            question: .itself,
            .table(
                Table(
                    columns: ["stack", "example", "what", "why"].map { Table.Column($0) }, rows: rows)))
    }

    private static func words(_ state: SupportCase.State) -> (kind: String, words: String)? {
        switch state {
        case .agrees, .skipped: nil
        case .differs(let words): ("differs", words)
        case .refused(let words): ("refused", words)
        case .failed(let state): ("failed", state.description)
        }
    }

    private var medians: Exhibit? {
        let timed = metrics.filter { $0.name == "latency.median" }
        guard !timed.isEmpty else { return nil }
        var byCase: [String: [String: Metric]] = [:]
        for metric in timed {
            byCase[Self.path(metric.labels), default: [:]][metric.labels[Label.stack] ?? ""] = metric
        }
        var seen: Set<String> = []
        let paths = stacks.flatMap(\.cases).filter { byCase[$0.path] != nil && seen.insert($0.path).inserted }
        let rows = paths.map { entry in
            [.text(entry.target), .text(entry.example)]
                + stacks.map { stack in byCase[entry.path]?[stack.title].map { Cell($0) } ?? .missing("not timed") }
        }
        return Exhibit(
            "medians", title: "Median time of one run",
            caption: """
                With 95 % intervals; the stacks took turns. Each sample is the mean of as many runs as take 20 µs. The \
                examples are small: the times are those of calls, not of arithmetic.
                """, question: .fast,
            .table(
                Table(
                    columns: [Table.Column("operator"), Table.Column("example")]
                        + stacks.map { Table.Column($0.title, .right) }, rows: rows)))
    }

    private static func path(_ labels: Labels) -> String {
        "\(labels["operator"] ?? "")/\(labels["example"] ?? "")"
    }
}

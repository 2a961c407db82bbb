import Foundation
import Measurement
import Records

/// The tables and charts of a comparison.
struct CompareExhibits {
    let spec: CompareSpec
    let findings: CompareFindings

    var all: [Exhibit] { [answers, ratios, distribution, pairs, gates].compactMap(\.self) }

    private func title(_ index: Int) -> String { findings.sides[index].title }

    /// Every side by every statistic: the figure, the ratio, the answer.
    private var answers: Exhibit {
        let isTable = Set(findings.comparisons.map(\.statistic)).count > 1
        let rows = spec.allStatistics.flatMap { statistic -> [[Cell]] in
            findings.sides.indices.map { index in
                let side = findings.sides[index]
                let comparison = findings.comparisons.first { $0.statistic == statistic && $0.side == index }
                let figure = side.figures[statistic].map { Cell.quantity($0) } ?? .missing("too few runs")
                let head: [Cell] = (isTable ? [.text(statistic.rawValue)] : []) + [.text(side.title)]
                let rest: [Cell] = findings.certificate == nil ? [] : [comparison.map(trusted) ?? .text("")]
                guard side.outcome == .completed else {
                    return head + [.missing(side.outcome.name), .text(""), .state(.fails, side.outcome.description)]
                        + rest
                }
                guard let comparison else { return head + [figure, .text("reference"), .text("")] + rest }
                return head + [
                    figure, comparison.ratio.map { Cell.quantity($0) } ?? .missing(comparison.obstacle),
                    .state(comparison.state, comparison.answer),
                ] + rest
            }
        }
        let names = (isTable ? ["statistic"] : []) + ["side"]
        let figure = isTable ? "value" : spec.allStatistics.first?.rawValue ?? "value"
        return Exhibit(
            "answers", title: "Is the difference real?",
            caption:
                "Ratios to the first side with intervals of \(percent(spec.level)); n counts pairs of fresh processes. "
                + "Sides within \(percent(spec.margin)) count as the same.",
            question: .fast,
            .table(
                Table(
                    columns: names.map { Table.Column($0) } + [
                        Table.Column(figure, .right), Table.Column("ratio", .right), Table.Column("answer"),
                    ] + (findings.certificate == nil ? [] : [Table.Column("to be trusted")]), rows: rows)))
    }

    private func trusted(_ comparison: CompareFindings.Comparison) -> Cell {
        switch findings.trust(in: comparison) {
        case let trust? where trust == .quiet || trust == .stands: .state(.holds, trust.words)
        case let trust?: .state(.unknown, trust.words)
        case nil: .text("")
        }
    }

    private var ratios: Exhibit? {
        let shown = findings.comparisons.filter { $0.ratio != nil }
        guard !shown.isEmpty else { return nil }
        let sides = shown.map(\.side).sorted().reduce(into: [Int]()) { if $0.last != $1 { $0.append($1) } }
        return Exhibit(
            "ratios", title: "Ratio to the first side",
            caption: "Whiskers are the intervals that decide; a ratio whose whiskers leave out 1 is a difference.",
            question: .fast, varies: true,
            .bars(
                BarChart(
                    categories: sides.map(title), axis: Axis("ratio to \(title(shown[0].against))", .ratio),
                    series: spec.allStatistics.map { statistic in
                        BarChart.Series(
                            statistic.rawValue,
                            sides.map { side in
                                shown.first { $0.side == side && $0.statistic == statistic }?.ratio
                            })
                    }, references: [Reference("equal", at: 1)])))
    }

    private var distribution: Exhibit? {
        let timed = findings.sides.filter { !$0.processes.isEmpty }
        guard !timed.isEmpty else { return nil }
        return Exhibit(
            "distribution", title: "How the run times spread", caption: "All runs of all processes.", question: .fast,
            .distribution(
                DistributionChart(
                    axis: Axis("time of one run", .nanoseconds),
                    series: timed.map { side in
                        DistributionChart.Series(
                            side.title, samples: side.processes.flatMap { $0.flatMap { $0.map(Double.init) } })
                    })))
    }

    /// Process by process: a layout that is bad luck, or a drift, shows here.
    private var pairs: Exhibit? {
        let shown = findings.comparisons.filter { $0.logarithms.count > 1 && $0.statistic == spec.allStatistics[0] }
        guard !shown.isEmpty else { return nil }
        return Exhibit(
            "processes", title: "Ratio process by process",
            caption:
                "Each point is a pair of fresh processes that took turns. What differs from point to point is the layout of "
                + "memory and what else a process draws at its start.",
            question: .fast, varies: true,
            .lines(
                LineChart(
                    x: Axis("pair of processes", .count), y: Axis("ratio to \(title(shown[0].against))", .ratio),
                    series: shown.map { comparison in
                        LineChart.Series(
                            title(comparison.side),
                            comparison.logarithms.enumerated().map { LineChart.Point(Double($0 + 1), exp($1)) },
                            style: .points)
                    }, references: [Reference("equal", at: 1)])))
    }

    private var gates: Exhibit? {
        guard !findings.gates.isEmpty else { return nil }
        return GateResult.table(findings.gates)
    }

    private func percent(_ share: Double) -> String { CompareFindings.Comparison.percent(share) }
}

extension GateResult {
    /// The gates as a table.
    static func table(_ results: [GateResult]) -> Exhibit {
        let words: [Verdict.State: String] = [.holds: "holds", .fails: "fails", .unknown: "cannot tell"]
        return Exhibit(
            "gates", title: "Gates", caption: "A gate holds where the whole interval keeps the bound.", varies: true,
            .table(
                Table(
                    columns: [
                        Table.Column("gate"), Table.Column("on"), Table.Column("figure", .right), Table.Column(""),
                    ],
                    rows: results.map { result in
                        [
                            .text(result.gate.text), .text(result.subject),
                            result.quantity.map { Cell.quantity($0) } ?? .missing(result.reason),
                            .state(
                                result.state,
                                [words[result.state], result.need].compactMap(\.self).joined(separator: ": ")),
                        ]
                    })))
    }
}

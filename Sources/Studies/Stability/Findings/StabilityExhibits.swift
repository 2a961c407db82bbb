import Engines
import Measurement
import Records

/// The tables and charts of a study of stability.
struct StabilityExhibits {
    let spec: StabilitySpec
    let findings: StabilityFindings
    let metrics: [Metric]

    /// The most flips that are listed.
    static let mostFlips = 500

    var all: [Exhibit] {
        ([cells, settings, matrix, flips, classes, nodes, times].compactMap(\.self))
            + PitfallExhibits(pitfalls: findings.pitfalls).all
    }

    private func cell(_ name: String, _ cell: StabilityCell) -> Cell {
        metrics.first { $0.name == name && $0.labels == cell.labels }.map { Cell($0) } ?? ""
    }

    /// A class as a cell of a table.
    private func state(_ kind: DifferenceClass?) -> Cell {
        guard let kind else { return "reference" }
        let fails = kind == .beyondTolerance || kind == .labelsFlip
        return .state(fails ? .fails : .holds, kind.rawValue)
    }

    private func units(_ comparison: CellComparison?) -> Cell {
        guard let worst = comparison?.worstUnits else { return "" }
        return .quantity(Quantity(Double(worst.units), StabilityUnit.ulp))
    }

    private func steadiness(_ cell: StabilityCell) -> Cell {
        let runs = cell.repeated.samples + cell.restarted.samples
        guard runs > 0 else { return .missing("it ran once") }
        let differing = runs - cell.repeated.identical - cell.restarted.identical
        return differing == 0
            ? .state(.holds, "same bits each time") : .state(.fails, "\(differing) of \(runs) runs gave other bits")
    }

    /// Every cell against the reference.
    private var cells: Exhibit? {
        guard !findings.cells.isEmpty else { return nil }
        let rows = findings.cells.enumerated().map { index, row -> [Cell] in
            guard row.isCompleted else { return [.text(row.title), .missing("\(row.outcome)")] }
            let isReference = index == findings.reference
            return [
                .text(row.title), isReference ? "reference" : state(row.kind), cell("stability.identical", row),
                units(row.comparison), .text(row.comparison?.worstUnits?.place ?? ""),
                cell("stability.difference", row), cell("stability.flips", row), cell("stability.flips.rate", row),
                steadiness(row), cell("stability.time", row),
            ]
        }
        let numbers = ["identical samples", "worst ULP"]
        return Exhibit(
            "cells", title: "Every cell against the reference",
            caption: """
                The reference is \(findings.reference.map { findings.cells[$0].title } ?? "missing"). Outputs are \
                max|a−b| / max|b| apart, the worst of all samples and outputs; the tolerance is \
                \(MetricUnit.number.format(spec.tolerance)). Intervals are Wilson's, of 95 %.
                """, question: .itself, varies: true,
            .table(
                Table(
                    columns: [.init("cell"), .init("difference")] + numbers.map { .init($0, .right) }
                        + [.init("where")] + ["apart", "label flips", "flips"].map { .init($0, .right) }
                        + [.init("repeated"), .init("median time", .right)], rows: rows)))
    }

    /// What each setting of a stack changes, against the stack's first cell.
    private var settings: Exhibit? {
        let rows = findings.completed.compactMap { row -> [Cell]? in
            guard let own = row.own, !row.change.isEmpty else { return nil }
            return [
                .text(findings.stacks[row.configuration.setting.stack].title), .text(row.change), state(row.ownKind),
                .quantity(Quantity(Double(own.identical) / Double(max(own.samples, 1)), .fraction, count: own.samples)),
                units(own), .quantity(Quantity(own.distance, .number)),
                .quantity(Quantity(Double(own.flips.count), .count, count: own.labelled)),
            ]
        }
        guard !rows.isEmpty else { return nil }
        return Exhibit(
            "settings", title: "What each setting changes",
            caption: "Each cell against the first one of its stack.", question: .itself, varies: false,
            .table(
                Table(
                    columns: [.init("stack"), .init("change"), .init("difference")]
                        + ["identical samples", "worst ULP", "apart", "label flips"].map { .init($0, .right) },
                    rows: rows)))
    }

    /// The share of samples that are bit-identical, cell by cell.
    private var matrix: Exhibit? {
        let cells = findings.completed.filter { !$0.digests.isEmpty }
        guard cells.count > 1 else { return nil }
        return Exhibit(
            "identical", title: "Samples that are bit-identical between cells",
            caption: "Cells of one colour form groups that compute alike to the last bit.", question: .itself,
            .heatMap(
                HeatMap(
                    rows: cells.map(\.title), columns: cells.map(\.title), axis: Axis("identical samples", .fraction),
                    values: cells.map { row in cells.map { row.identicalShare(with: $0) } })))
    }

    /// The labels that flip, by sample.
    private var flips: Exhibit? {
        let rows = findings.compared.flatMap { row in
            (row.comparison?.flips ?? []).map { flip -> [Cell] in
                [
                    .text(flip.sample), .text(flip.label ?? ""), .text(flip.reference), .text(flip.answer),
                    .text(row.title),
                ]
            }
        }
        guard !rows.isEmpty else { return nil }
        let rest = rows.count > Self.mostFlips ? " The first \(Self.mostFlips) of \(rows.count)." : ""
        return Exhibit(
            "flips", title: "Labels that flip", caption: "Against the reference.\(rest)", question: .itself,
            .table(
                Table(
                    columns: ["sample", "label", "reference", "cell says", "cell"].map { .init($0) },
                    rows: Array(rows.prefix(Self.mostFlips)))))
    }

    /// The labels that flip, by class.
    private var classes: Exhibit? {
        let rows = findings.compared.flatMap { row in
            (row.comparison?.classes ?? [:]).filter { $0.value.flips > 0 }.sorted { $0.key < $1.key }.map {
                name, count -> [Cell] in
                [
                    .text(name), .text("\(count.flips) of \(count.samples)"),
                    .quantity(
                        Quantity(
                            Double(count.flips) / Double(count.samples), .fraction,
                            interval: ProportionInterval.wilson(successes: count.flips, trials: count.samples),
                            count: count.samples)), .text(row.title),
                ]
            }
        }
        guard !rows.isEmpty else { return nil }
        return Exhibit(
            "flips-by-class", title: "Labels that flip, by class",
            caption: "Classes are those of the labels, and where there are none those that the reference says.",
            question: .itself,
            .table(Table(columns: ["class", "flips", "share", "cell"].map { .init($0) }, rows: rows)))
    }

    /// The first nodes at which cells part.
    private var nodes: Exhibit? {
        guard !findings.partings.isEmpty else { return nil }
        return Exhibit(
            "first-node", title: "The first node at which cells part",
            caption: """
                Inner values are made outputs, part by part in the order of the graph, and both sides run one sample. That \
                keeps engines from fusing over them, so a difference that comes of fusion may be gone.
                """, question: .itself, varies: false,
            .table(
                Table(
                    columns: ["cell", "sample", "first other bits", "value", "first beyond the tolerance"].map {
                        .init($0)
                    },
                    rows: findings.partings.map { parting in
                        [
                            .text(parting.other), .text(parting.sample), .text(parting.statement),
                            .text(parting.bits?.value ?? ""),
                            .text(
                                parting.beyond.map {
                                    $0.words(of: parting.nodes) + ", \(MetricUnit.number.format($0.distance))"
                                } ?? "none"),
                        ]
                    })))
    }

    /// The time of an item in every cell.
    private var times: Exhibit? {
        let cells = findings.completed.filter { $0.timeOfItem != nil }
        guard cells.count > 1 else { return nil }
        return Exhibit(
            "times", title: "Median time of an item",
            caption: "Cells run one after the other, so nothing here says that one is faster: assay compare does.",
            question: .fast,
            .bars(
                BarChart(
                    categories: cells.map(\.title), axis: Axis("time of an item", .nanoseconds),
                    series: [
                        BarChart.Series(
                            "median", cells.map { cell in cell.timeOfItem.map { Quantity($0, .nanoseconds) } })
                    ])))
    }
}

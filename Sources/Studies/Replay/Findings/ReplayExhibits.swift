import Foundation
import Measurement
import Records

/// What a replay shows: the answers, the ingredients, the shares, and what was run.
struct ReplayExhibits {
    let findings: ReplayFindings
    let answer: ReplayAnswer

    var all: [Exhibit] {
        [answers] + (findings.cells.isEmpty ? [] : [times]) + [ingredients]
            + (findings.causes.isEmpty ? [] : [shares, bars]) + (findings.runs.isEmpty ? [] : [runs])
    }

    private var answers: Exhibit {
        let rows = answer.lines.map { line -> [Cell] in
            [.text(line.title), .state(line.state.verdict, line.state.rawValue), .text(line.words)]
        }
        return Exhibit(
            "replay", title: "What came out again", caption: "The record against a run here.", question: .itself,
            varies: true,
            .table(Table(columns: ["what", "answer", "by how much"].map { Table.Column($0) }, rows: rows)))
    }

    private var times: Exhibit {
        let rows = zip(findings.cells, findings.cells.map(ReplayAnswer.line)).map { cell, line -> [Cell] in
            let ratios = [cell.controlled, cell.session].map { verdict -> Cell in
                verdict.map { .quantity(Quantity($0.ratio, .ratio, interval: $0.interval, count: $0.rounds)) }
                    ?? .missing("not measured")
            }
            return [.text(cell.words), cell.recorded.map { .quantity($0) } ?? .missing("the record has none")]
                + ratios + [.state(line.state.verdict, line.state.rawValue)]
        }
        return Exhibit(
            "times", title: "Times and figures",
            caption: "As here over as recorded, both run now by turns; and as recorded, run now, over the record.",
            question: .itself, varies: true,
            .table(
                Table(
                    columns: [
                        Table.Column("of"), Table.Column("recorded", .right), Table.Column("here", .right),
                        Table.Column("over days", .right), Table.Column(""),
                    ], rows: rows)))
    }

    private var ingredients: Exhibit {
        let rows = findings.scene.ingredients.map { ingredient -> [Cell] in
            let state: Cell =
                switch ingredient.state {
                case .same: .state(.holds, "same")
                case .differs: .state(.fails, "differs")
                case .unknown: .state(.unknown, "not told")
                }
            let swap =
                ingredient.state == .same
                ? "" : ingredient.reachesEngine ? ingredient.obstacle ?? "swapped" : "reaches no engine"
            let detail = [ingredient.detail, swap]
            return [
                .text(ingredient.name), .text(ingredient.recorded), .text(ingredient.here), state,
                .text(detail.filter { !$0.isEmpty }.joined(separator: "; ")),
            ]
        }
        return Exhibit(
            "ingredients", title: "Ingredients",
            caption: "What went into the record and what went into the run here, by content.", question: .itself,
            varies: false,
            .table(
                Table(
                    columns: ["ingredient", "recorded", "here", "", "note"].map { Table.Column($0) }, rows: rows)))
    }

    private var names: [String] {
        findings.scene.candidates.filter(\.reachesEngine).map(\.name)
    }

    private var shares: Exhibit {
        let rows = findings.causes.flatMap { cause -> [[Cell]] in
            let parts = cause.parts.map { part -> [Cell] in
                let interval = part.lower.flatMap { lower in
                    part.upper.map { Interval(lower: lower, upper: $0, method: "student-t") }
                }
                return [
                    .text(cause.observable), .text(part.ingredient),
                    .quantity(Quantity(part.share, .fraction, interval: interval)),
                    .text(Self.amount(part.value, cause)),
                ]
            }
            let rest = ReplayAnswer.suspects(findings).map { " (\($0.joined(separator: ", ")))" } ?? ""
            let left: [[Cell]] =
                cause.rest == 0
                ? []
                : [
                    [
                        .text(cause.observable), .text("what no swap explains" + rest),
                        .quantity(Quantity(cause.restShare, .fraction)), .text(Self.amount(cause.rest, cause)),
                    ]
                ]
            let together: [[Cell]] =
                cause.together == 0
                ? []
                : [
                    [
                        .text(cause.observable), .text("several together"),
                        .quantity(Quantity(cause.together / cause.total, .fraction)),
                        .text(Self.amount(cause.together, cause)),
                    ]
                ]
            return parts + together + left
        }
        return Exhibit(
            "shares", title: "What explains the difference",
            caption:
                "Each ingredient was put back to what it was recorded as, in every order that there is (in first and last "
                + "place where there are many); its share is what that took away on average.", question: .itself,
            varies: true,
            .table(
                Table(
                    columns: [
                        Table.Column("of"), Table.Column("ingredient"), Table.Column("share", .right),
                        Table.Column("amount"),
                    ],
                    rows: rows)))
    }

    /// What a share stands for, in the unit of what was looked at.
    private static func amount(_ value: Double, _ cause: ReplayCause) -> String {
        switch cause.observable {
        case ContestTimer.observable, StudyTimer.observable: "x " + MetricUnit.number.format(exp(value))
        case Observable.outputs.rawValue: MetricUnit.number.format(value)
        default: ReplayAnswer.percent(value)
        }
    }

    private var bars: Exhibit {
        let series = findings.causes.map { cause in
            BarChart.Series(
                cause.observable,
                names.map { name in
                    cause.parts.first { $0.ingredient == name }.map { Quantity($0.share, .fraction) }
                } + [Quantity(cause.restShare, .fraction)])
        }
        return Exhibit(
            "shares-chart", title: "Shares", caption: "The same as bars.", question: .itself, varies: true,
            .bars(
                BarChart(
                    categories: names + ["no swap explains it"], axis: Axis("share of the difference", .fraction),
                    series: series)))
    }

    private var runs: Exhibit {
        let columns =
            [Table.Column("as here"), Table.Column("as recorded")]
            + Observable.allCases.map { Table.Column($0.title, .right) }
        let rows = findings.runs.map { run -> [Cell] in
            let rest = names.filter { !run.here.contains($0) }
            let cells = Observable.allCases.map { observable -> Cell in
                observable.value(run.observation).map { value in
                    .quantity(Quantity(value, observable == .outputs ? .number : .fraction))
                } ?? .missing("the record does not tell")
            }
            return [.text(run.here.joined(separator: ", ")), .text(rest.joined(separator: ", "))] + cells
        }
        return Exhibit(
            "runs", title: "What was run", caption: "Every variant, and how far it lies from the record.",
            question: .itself, varies: true, .table(Table(columns: columns, rows: rows)))
    }
}

import Records

/// The traps of comparisons of frameworks as tables: one line a trap, and one a trap and cell.
struct PitfallExhibits {
    let pitfalls: [Pitfall]

    /// The table that is too long for a terminal.
    static let byCell = "pitfalls-by-cell"

    var all: [Exhibit] { pitfalls.isEmpty ? [] : [summary, cells] }

    private static let caption =
        "A pitfall that is found makes figures of others differ from these, or these from each other."

    private var summary: Exhibit {
        Exhibit(
            "pitfalls", title: "Known pitfalls of such comparisons", caption: Self.caption, question: .fast,
            varies: true,
            .table(
                Table(
                    columns: ["pitfall", "found", "what shows it"].map { .init($0) },
                    rows: Pitfall.Kind.allCases.compactMap(row))))
    }

    private func row(_ kind: Pitfall.Kind) -> [Cell]? {
        let own = pitfalls.filter { $0.kind == kind }
        let found = own.filter(\.finding.isFound)
        let told = own.filter { $0.finding.state != .unknown }
        guard let shown = found.first ?? told.first ?? own.first else { return nil }
        let state: Cell =
            !found.isEmpty
            ? .state(.fails, "in \(found.count) of \(own.count)")
            : told.isEmpty ? .state(.unknown, "cannot be told") : .state(.holds, "in none of \(told.count)")
        return [.text(kind.rawValue), state, .text("\(shown.subject): \(shown.finding.words)")]
    }

    private var cells: Exhibit {
        Exhibit(
            Self.byCell, title: "Known pitfalls, cell by cell", caption: Self.caption, question: .fast, varies: true,
            .table(
                Table(
                    columns: ["pitfall", "cell", "found", "what shows it"].map { .init($0) },
                    rows: pitfalls.map { pitfall in
                        [
                            .text(pitfall.kind.rawValue), .text(pitfall.subject),
                            .state(pitfall.finding.state, Self.word(pitfall.finding)), .text(pitfall.finding.words),
                        ]
                    })))
    }

    private static func word(_ finding: Pitfall.Finding) -> String {
        switch finding {
        case .found: "yes"
        case .absent: "no"
        case .cannotTell: "cannot be told"
        }
    }
}

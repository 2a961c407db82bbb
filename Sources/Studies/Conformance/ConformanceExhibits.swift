import Records

/// The table of sides, and what stands behind it.
struct ConformanceExhibits {
    let stacks: [StackConformance]

    var all: [Exhibit] { [sides, reasons, cases].compactMap(\.self) }

    private var sides: Exhibit {
        let rows = stacks.map { stack -> [Cell] in
            guard stack.identity != nil else { return [.text(stack.title), .missing(stack.outcome.description)] }
            let tally = stack.tally
            let numbers = [
                tally.passing, tally.stampRefused, tally.restamped, tally.wrong, tally.lacking, tally.failing,
                tally.run,
            ]
            return [.text(stack.title)] + numbers.map { .text(String($0)) }
        }
        let titles = [
            "passes", "stamp refused", "re-stamped", "wrong", "lacks", "fails", "of",
        ]
        return Exhibit(
            "sides", title: "Node cases of the ONNX standard",
            caption: """
                A case passes as it is stamped. One refused for its version stamp was tried again with its operator \
                set lowered to the newest that the engine takes and the lowest sufficient IR version; its end is \
                counted in the columns to the right, which begin with those that pass re-stamped.
                """, question: .itself,
            .table(
                Table(columns: [Table.Column("stack")] + titles.map { Table.Column($0, .right) }, rows: rows)))
    }

    private struct Group: Hashable {
        var stack: String
        var side: String
        var why: String
    }

    /// Why cases do not pass, those of one reason together.
    private var reasons: Exhibit? {
        var order: [Group] = []
        var names: [Group: [String]] = [:]
        for (stack, result) in odd {
            let why = result.side.word == "wrong" ? "the outputs differ" : result.side.why
            let group = Group(stack: stack.title, side: result.side.word, why: why)
            if names[group] == nil { order.append(group) }
            names[group, default: []].append(result.name)
        }
        guard !order.isEmpty else { return nil }
        let sorted = order.enumerated().sorted { one, other in
            let (left, right) = (one.element, other.element)
            if left.stack != right.stack { return one.offset < other.offset }
            return (names[right]?.count ?? 0, one.offset) < (names[left]?.count ?? 0, other.offset)
        }.map(\.element)
        return Exhibit(
            Conformance.reasons, title: "Why cases do not pass", caption: "In the engine's own words, shortened.",
            question: .itself,
            .table(
                Table(
                    columns: [
                        Table.Column("stack"), Table.Column("side"), Table.Column("why"), Table.Column("cases", .right),
                        Table.Column("one of them"),
                    ],
                    rows: sorted.map { group in
                        let members = names[group] ?? []
                        return [
                            .text(group.stack), .text(group.side), .text(group.why), .text(String(members.count)),
                            .text(members.first ?? ""),
                        ]
                    })))
    }

    /// Every case that does not pass as it is stamped.
    private var cases: Exhibit? {
        let rows = odd.map { stack, result in
            [stack.title, result.name, result.side.word, result.side.why].map(Cell.text)
        }
        guard !rows.isEmpty else { return nil }
        return Exhibit(
            Conformance.everyCase, title: "Cases that do not pass", question: .itself,
            .table(Table(columns: ["stack", "case", "side", "why"].map { Table.Column($0) }, rows: rows)))
    }

    private var odd: [(StackConformance, ConformanceResult)] {
        stacks.flatMap { stack in
            stack.results.filter { !["passes", "re-stamped"].contains($0.side.word) }.map { (stack, $0) }
        }
    }
}

extension Conformance {
    /// The exhibit of reasons, long where engines lack much.
    public static let reasons = "reasons"

    /// The exhibit of single cases, too long for a terminal.
    public static let everyCase = "cases"
}

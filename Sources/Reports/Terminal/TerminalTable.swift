import Records

/// Draws a table in columns; in less room it leaves out counts, then intervals, then cuts texts, then writes one row
/// below the other.
struct TerminalTable {
    let table: Table
    let style: TerminalStyle
    private static let gap = 2
    private static let narrowest = 8

    var lines: [String] {
        guard !table.columns.isEmpty else { return [] }
        for detail in CellText.Detail.allCases {
            let widths = natural(detail)
            if total(widths) <= style.width { return columns(detail, widths) }
        }
        if let widths = squeezed(natural(.value)) { return columns(.value, widths) }
        return cards
    }

    private func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + Self.gap * (widths.count - 1) }

    private func natural(_ detail: CellText.Detail) -> [Int] {
        table.columns.indices.map { index in
            let title = DisplayWidth.of(DisplayWidth.safe(table.columns[index].title))
            return table.rows.reduce(title) { max($0, DisplayWidth.of(CellText($1[index], detail).text)) }
        }
    }

    /// The widths with the widest columns of text cut until the table fits; `nil` when that leaves too little.
    private func squeezed(_ natural: [Int]) -> [Int]? {
        var widths = natural
        let cuttable = table.columns.indices.filter { index in
            !table.rows.contains { if case .quantity = $0[index] { true } else { false } }
        }
        while total(widths) > style.width {
            guard let widest = cuttable.max(by: { widths[$0] < widths[$1] }), widths[widest] > Self.narrowest else {
                return nil
            }
            widths[widest] -= 1
        }
        return widths
    }

    private func columns(_ detail: CellText.Detail, _ widths: [Int]) -> [String] {
        let separator = String(repeating: " ", count: Self.gap)
        func row(_ cells: [(text: String, ink: TerminalStyle.Ink?)]) -> String {
            let parts = cells.enumerated().map { index, cell in
                let isRight = table.columns[index].alignment == .right
                let cut = DisplayWidth.cut(cell.text, to: widths[index])
                let isLast = index == cells.count - 1 && !isRight
                let space = isLast ? cut : DisplayWidth.pad(cut, to: widths[index], right: isRight)
                return cell.ink.map { ink in space.replacing(cut, with: style.ink(cut, ink), maxReplacements: 1) }
                    ?? space
            }
            return parts.joined(separator: separator)
        }
        let head = row(table.columns.map { (DisplayWidth.safe($0.title), .bold) })
        let rule = style.ink(widths.map { String(repeating: "─", count: $0) }.joined(separator: separator), .faint)
        let body = table.rows.map { cells in
            row(
                cells.map { cell in
                    let text = CellText(cell, detail)
                    return (text.text, text.ink)
                })
        }
        return [head, rule] + body
    }

    private var cards: [String] {
        table.rows.enumerated().flatMap { index, cells -> [String] in
            let lines = zip(table.columns, cells).flatMap { column, cell -> [String] in
                let text = CellText(cell, .full)
                guard !text.text.isEmpty else { return [] }
                let label = DisplayWidth.safe(column.title)
                let wrapped = DisplayWidth.wrap(text.text, to: max(10, style.width - 2))
                guard DisplayWidth.of(label) + 2 + DisplayWidth.of(text.text) > style.width else {
                    return [
                        style.ink(label + ":", .faint) + " " + (text.ink.map { style.ink(text.text, $0) } ?? text.text)
                    ]
                }
                return [style.ink(label + ":", .faint)] + wrapped.map { "  " + $0 }
            }
            return (index > 0 ? [""] : []) + lines
        }
    }
}

import Records

/// Draws a table in columns; in less room it moves the reasons of missing values below, leaves out counts, then intervals,
/// then cuts texts, and at last writes one row below the other.
struct TerminalTable {
    let table: Table
    let style: TerminalStyle
    private let footnotes: [String]
    private static let gap = 2
    private static let narrowest = 10

    init(table: Table, style: TerminalStyle) {
        self.table = table
        self.style = style
        var reasons: [String] = []
        for case .missing(let reason) in table.rows.joined() where !reason.isEmpty && !reasons.contains(reason) {
            reasons.append(reason)
        }
        footnotes = reasons
    }

    var lines: [String] {
        guard !table.columns.isEmpty else { return [] }
        for detail in CellText.Detail.allCases {
            let widths = natural(detail)
            if total(widths) <= style.width { return columns(detail, widths) + notes(detail) }
        }
        if let widths = squeezed(natural(.value)) { return columns(.value, widths) + notes(.value) }
        return cards
    }

    private func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + Self.gap * (widths.count - 1) }

    private func text(_ cell: Cell, _ detail: CellText.Detail) -> CellText {
        CellText(cell, detail, footnotes: footnotes)
    }

    private func natural(_ detail: CellText.Detail) -> [Int] {
        table.columns.indices.map { index in
            let title = DisplayWidth.of(DisplayWidth.safe(table.columns[index].title))
            return table.rows.reduce(title) { max($0, DisplayWidth.of(text($1[index], detail).text)) }
        }
    }

    /// The widths with the widest columns of text cut until the table fits; `nil` when that leaves too little, or would
    /// make different texts of a column look the same.
    private func squeezed(_ natural: [Int]) -> [Int]? {
        var widths = natural
        let cuttable = table.columns.indices.filter { index in
            !table.rows.contains { if case .quantity = $0[index] { true } else { false } }
        }
        while total(widths) > style.width {
            let widest = cuttable.filter { widths[$0] > Self.narrowest && tellsApart($0, in: widths[$0] - 1) }
                .max { widths[$0] < widths[$1] }
            guard let widest else { return nil }
            widths[widest] -= 1
        }
        return widths
    }

    /// Whether the texts of a column that differ still do when they are cut.
    private func tellsApart(_ column: Int, in width: Int) -> Bool {
        let texts = Set(table.rows.map { text($0[column], .value).text })
        return Set(texts.map { DisplayWidth.cut($0, to: width) }).count == texts.count
    }

    private func columns(_ detail: CellText.Detail, _ widths: [Int]) -> [String] {
        let separator = String(repeating: " ", count: Self.gap)
        func row(_ cells: [(text: String, ink: TerminalStyle.Ink?)]) -> String {
            cells.enumerated().map { index, cell in
                let cut = DisplayWidth.cut(cell.text, to: widths[index])
                let space = String(repeating: " ", count: widths[index] - DisplayWidth.of(cut))
                let inked = cell.ink.map { style.ink(cut, $0) } ?? cut
                return table.columns[index].alignment == .right ? space + inked : inked + space
            }.joined(separator: separator)
        }
        let head = row(table.columns.map { (DisplayWidth.safe($0.title), .bold) })
        let rule = style.ink(widths.map { String(repeating: "─", count: $0) }.joined(separator: separator), .faint)
        let body = table.rows.map { cells in
            row(
                cells.map { cell in
                    let text = text(cell, detail)
                    return (text.text, text.ink)
                })
        }
        return [head, rule] + body
    }

    /// The reasons of missing values, where the cells only carry their numbers.
    private func notes(_ detail: CellText.Detail) -> [String] {
        guard detail != .full else { return [] }
        let reasons = footnotes.enumerated().map {
            "–\(CellText.superscript($0.offset + 1)) \(DisplayWidth.safe($0.element))"
        }
        let isShortened = table.rows.joined().contains { cell in
            guard case .quantity(let quantity) = cell else { return false }
            return detail == .value && quantity.interval != nil
        }
        let hint = isShortened ? ["Intervals are left out for want of room: \(style.width) columns."] : []
        return (reasons + hint).flatMap { DisplayWidth.wrap($0, to: style.width).map { style.ink($0, .faint) } }
    }

    private var cards: [String] {
        table.rows.enumerated().flatMap { index, cells -> [String] in
            let lines = zip(table.columns, cells).flatMap { column, cell -> [String] in
                let text = CellText(cell, .full, footnotes: [])
                guard !text.text.isEmpty else { return [] }
                let label = DisplayWidth.cut(DisplayWidth.safe(column.title), to: style.width - 1)
                guard DisplayWidth.of(label) + 2 + DisplayWidth.of(text.text) > style.width else {
                    let value = text.ink.map { style.ink(text.text, $0) } ?? text.text
                    return [label.isEmpty ? value : style.ink(label + ":", .faint) + " " + value]
                }
                let wrapped = DisplayWidth.wrap(text.text, to: max(10, style.width - 2)).map { "  " + $0 }
                return (label.isEmpty ? [] : [style.ink(label + ":", .faint)]) + wrapped
            }
            return (index > 0 ? [""] : []) + lines
        }
    }
}

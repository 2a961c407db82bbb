import Records

/// Writes tables and the quantities in them.
enum HTMLTable {
    static func html(_ table: Table, caption: String = "") -> String {
        let style = table.columns.count > 2 ? " class=\"cards\"" : ""
        var out = "<div class=\"scroll\"><table\(style)>"
        if !caption.isEmpty { out += "<caption class=\"muted\">\(HTMLText.escape(caption))</caption>" }
        out += "<thead><tr>"
        for column in table.columns {
            out += "<th scope=\"col\"\(alignment(column))>\(HTMLText.escape(column.title))</th>"
        }
        out += "</tr></thead>\n<tbody>\n"
        for row in table.rows {
            out += "<tr>"
            for (column, cell) in zip(table.columns, row) {
                let label = HTMLText.escape(column.title)
                out += "<td data-label=\"\(label)\"\(alignment(column))>\(html(cell))</td>"
            }
            out += "</tr>\n"
        }
        return out + "</tbody></table></div>\n"
    }

    static func html(_ cell: Cell) -> String {
        switch cell {
        case .text(let text): return HTMLText.escape(text)
        case .quantity(let quantity): return html(quantity)
        case .state(let state, let text): return "<span>\(mark(state))\(HTMLText.escape(text))</span>"
        case .missing(let reason):
            return "<span class=\"muted\">–\(reason.isEmpty ? "" : " " + HTMLText.escape(reason))</span>"
        }
    }

    /// A quantity in one element, so that a phone may set value and interval side by side.
    static func html(_ quantity: Quantity) -> String {
        let text = quantity.unit.format(quantity.value, quantity.interval)
        let parts = text.split(separator: "[", maxSplits: 1)
        var out = "<span><span class=\"q\">\(HTMLText.escape(String(parts[0]).trimmed))</span>"
        if parts.count > 1 { out += " <span class=\"iv\">[\(HTMLText.escape(String(parts[1])))</span>" }
        if let count = quantity.count { out += " <span class=\"n\">n=\(count)</span>" }
        return out + "</span>"
    }

    /// The sign of a state, with its word for readers who do not see it.
    static func mark(_ state: Verdict.State) -> String {
        "<span class=\"mark \(state.rawValue)\" role=\"img\" aria-label=\"\(StateMark.word(state))\">"
            + "\(StateMark.symbol(state))</span>"
    }

    private static func alignment(_ column: Table.Column) -> String {
        column.alignment == .right ? " class=\"r\"" : ""
    }
}

extension String {
    /// The text without spaces at its end.
    fileprivate var trimmed: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}

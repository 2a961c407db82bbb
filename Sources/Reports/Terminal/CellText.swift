import Records

/// The text of a table's cell on a terminal, in as many words as there is room for.
struct CellText {
    /// How much of a quantity is shown.
    enum Detail: CaseIterable {
        case full, interval, value
    }

    let text: String
    let ink: TerminalStyle.Ink?

    init(_ cell: Cell, _ detail: Detail, footnotes: [String]) {
        switch cell {
        case .text(let words):
            text = DisplayWidth.safe(words)
            ink = nil
        case .quantity(let quantity):
            switch detail {
            case .full: text = quantity.shown
            case .interval: text = DisplayWidth.safe(quantity.unit.format(quantity.value, quantity.interval))
            case .value: text = quantity.unit.shown(quantity.value)
            }
            ink = nil
        case .state(let state, let words):
            text = StateMark.symbol(state) + (words.isEmpty ? "" : " " + DisplayWidth.safe(words))
            ink = StateMark.ink(state)
        case .missing(let reason):
            if reason.isEmpty {
                text = "–"
            } else if detail == .full {
                text = "– " + DisplayWidth.safe(reason)
            } else {
                text = "–" + (footnotes.firstIndex(of: reason).map { Self.superscript($0 + 1) } ?? "")
            }
            ink = .faint
        }
    }

    /// A number set high, to lead to a note.
    static func superscript(_ number: Int) -> String {
        let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return String(String(number).compactMap(\.wholeNumberValue).map { digits[$0] })
    }
}

/// The sign of a verdict's state.
enum StateMark {
    static func symbol(_ state: Verdict.State) -> String {
        switch state {
        case .holds: "✓"
        case .fails: "✗"
        case .unknown: "?"
        }
    }

    static func ink(_ state: Verdict.State) -> TerminalStyle.Ink {
        switch state {
        case .holds: .green
        case .fails: .red
        case .unknown: .yellow
        }
    }

    static func word(_ state: Verdict.State) -> String {
        switch state {
        case .holds: "holds"
        case .fails: "fails"
        case .unknown: "undecided"
        }
    }
}

public import Records

/// Draws reports and hallmarks as text for a terminal.
public struct TerminalReport: Sendable {
    /// What the terminal can show.
    public let style: TerminalStyle

    /// Makes a renderer.
    public init(style: TerminalStyle = .standardOutput) {
        self.style = style
    }

    /// The whole report, ending with a line break.
    public func render(_ document: ReportDocument) -> String {
        var lines = wrapped(document.title, .bold)
        if !document.subtitle.isEmpty { lines += wrapped(document.subtitle, .faint) }
        if !document.verdicts.isEmpty { lines += [""] + document.verdicts.flatMap { verdict($0) } }
        if !document.notes.isEmpty { lines += [""] + document.notes.flatMap { wrapped("Note: " + $0) } }
        for section in document.sections { lines += self.section(section) }
        for record in document.records { lines += provenance(record) }
        return Self.joined(lines)
    }

    /// One exhibit, ending with a line break.
    public func render(_ exhibit: Exhibit) -> String {
        Self.joined(self.exhibit(exhibit))
    }

    /// A table, ending with a line break.
    public func render(_ table: Table) -> String {
        Self.joined(TerminalTable(table: table, style: style).lines)
    }

    private func section(_ section: ReportDocument.Section) -> [String] {
        let title = DisplayWidth.cut(DisplayWidth.safe(section.title), to: style.width - 6)
        let rule = String(repeating: "─", count: max(0, style.width - DisplayWidth.of(title) - 4))
        var lines = ["", style.ink("── ", .faint) + style.ink(title, .bold) + " " + style.ink(rule, .faint)]
        for text in section.text { lines += wrapped(text) }
        for exhibit in section.exhibits { lines += [""] + self.exhibit(exhibit) }
        return lines
    }

    private func exhibit(_ exhibit: Exhibit) -> [String] {
        var lines = wrapped(exhibit.title, .bold)
        if !exhibit.caption.isEmpty { lines += wrapped(exhibit.caption, .faint) }
        return lines + TerminalChart(style: style).lines(exhibit.content)
    }

    func verdict(_ verdict: Verdict) -> [String] {
        let number = verdict.metric.map { " — " + $0.description } ?? ""
        let label = verdict.subject.isEmpty ? "" : verdict.subject + ": "
        let text = DisplayWidth.wrap(DisplayWidth.safe(label + verdict.statement + number), to: style.width - 2)
        let mark = style.ink(StateMark.symbol(verdict.state), StateMark.ink(verdict.state))
        return text.enumerated().map { ($0.offset == 0 ? mark + " " : "  ") + $0.element }
    }

    private func provenance(_ record: Record) -> [String] {
        let digest = (try? record.comparableDigest()).map { " · digest \($0.short)" } ?? ""
        let line = "record \(record.id) · \(record.tool) · seed \(record.seed)\(digest)"
        return [""] + wrapped(line, .faint) + wrapped(record.machine.instrumentSentence, .faint)
    }

    func wrapped(_ text: String, _ ink: TerminalStyle.Ink? = nil) -> [String] {
        DisplayWidth.wrap(DisplayWidth.safe(text), to: style.width).map { line in
            ink.map { style.ink(line, $0) } ?? line
        }
    }

    /// The lines without spaces at their ends.
    static func joined(_ lines: [String]) -> String {
        lines.map { line in
            var line = line
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}

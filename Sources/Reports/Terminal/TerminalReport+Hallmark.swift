public import Records

extension TerminalReport {
    /// The hallmark: one line a question, with verdict, number and record, or why there is none; ends with a line break.
    public func render(_ hallmark: Hallmark) -> String {
        var lines = wrapped(hallmark.model, .bold)
        let identity = [hallmark.digest.map { "sha256 \($0.short)…" }, hallmark.summary].compactMap { $0 }
            .filter { !$0.isEmpty }.joined(separator: " · ")
        if !identity.isEmpty { lines += wrapped(identity, .faint) }
        lines.append("")
        let width = Question.allCases.map { DisplayWidth.of($0.text) }.max() ?? 0
        for line in hallmark.lines { lines += self.line(line, labelWidth: width) }
        let origin = [
            hallmark.created.readable, hallmark.tool.isEmpty ? nil : "assay \(hallmark.tool)",
            hallmark.machine?.summary,
        ].compactMap { $0 }.joined(separator: " · ")
        lines += [""] + wrapped(origin, .faint)
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ line: Hallmark.Line, labelWidth: Int) -> [String] {
        let isNarrow = style.width < labelWidth + 40
        let indent = isNarrow ? 2 : labelWidth + 4
        let room = max(10, style.width - indent)
        var out: [String] = []
        let texts: [(text: String, record: String)] =
            line.verdicts.isEmpty
            ? [("not measured: \(line.notMeasured)", "")]
            : line.verdicts.map { verdict in
                let number = verdict.metric.map { " — " + $0.description } ?? ""
                return (verdict.statement + number, verdict.record.map { "[\($0)]" } ?? "")
            }
        let mark = line.state.map { style.ink(StateMark.symbol($0), StateMark.ink($0)) } ?? style.ink("·", .faint)
        let head = mark + " " + style.ink(DisplayWidth.pad(line.question.text, to: labelWidth), .bold) + "  "
        if isNarrow { out.append(mark + " " + style.ink(line.question.text, .bold)) }
        for (index, entry) in texts.enumerated() {
            let words = DisplayWidth.wrap(DisplayWidth.safe(entry.text), to: room)
            let isOne = DisplayWidth.of((words.last ?? "") + entry.record) + 1 <= room
            let record = style.ink(entry.record, .faint)
            var rows = words.map { line.verdicts.isEmpty ? style.ink($0, .faint) : $0 }
            if !entry.record.isEmpty {
                if isOne, let last = rows.popLast() { rows.append(last + " " + record) } else { rows.append(record) }
            }
            let margin = String(repeating: " ", count: indent)
            out += rows.enumerated().map { (index == 0 && $0.offset == 0 && !isNarrow ? head : margin) + $0.element }
        }
        return out
    }
}

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
        for line in hallmark.lines {
            let context = line.question == .fast ? hallmark.instrumentSentence : nil
            lines += self.line(line, labelWidth: width, context: context)
        }
        let origin = [
            hallmark.created.readable, hallmark.tool.isEmpty ? nil : "\(hallmark.tool)",
            hallmark.machine?.summary,
        ].compactMap { $0 }.joined(separator: " · ")
        lines += [""] + wrapped(origin, .faint)
        return Self.joined(lines)
    }

    private func line(_ line: Hallmark.Line, labelWidth: Int, context: String?) -> [String] {
        let isNarrow = style.width < labelWidth + 40
        let indent = isNarrow ? 2 : labelWidth + 4
        let room = max(10, style.width - indent)
        var out: [String] = []
        let texts = entries(line)
        let mark = line.state.map { style.ink(StateMark.symbol($0), StateMark.ink($0)) } ?? style.ink("·", .faint)
        let head = mark + " " + style.ink(DisplayWidth.pad(line.question.text, to: labelWidth), .bold) + "  "
        if isNarrow {
            let words = DisplayWidth.wrap(line.question.text, to: style.width - 2).map { style.ink($0, .bold) }
            out += words.enumerated().map { ($0.offset == 0 ? mark + " " : "  ") + $0.element }
        }
        for (index, entry) in texts.enumerated() {
            let words = DisplayWidth.wrap(DisplayWidth.safe(entry.text), to: room)
            let isOne = DisplayWidth.of((words.last ?? "") + entry.record) + 1 <= room
            let record = DisplayWidth.wrap(entry.record, to: room).map { style.ink($0, .faint) }
            var rows = words.map { entry.isFaint ? style.ink($0, .faint) : $0 }
            if isOne, let last = rows.last, record.count == 1 {
                rows[rows.count - 1] = last + " " + record[0]
            } else {
                rows += record
            }
            let margin = String(repeating: " ", count: indent)
            out += rows.enumerated().map { (index == 0 && $0.offset == 0 && !isNarrow ? head : margin) + $0.element }
        }
        for text in [context, Self.absent(line)].compactMap(\.self) {
            let margin = String(repeating: " ", count: indent)
            out += DisplayWidth.wrap(DisplayWidth.safe(text), to: room).map { margin + style.ink($0, .faint) }
        }
        return out
    }

    /// What a line says: its verdicts, what earlier records say, or that nothing was measured.
    private func entries(_ line: Hallmark.Line) -> [(text: String, record: String, isFaint: Bool)] {
        func number(_ verdict: Verdict) -> String { verdict.metric.map { " — " + $0.description } ?? "" }
        let own = line.verdicts.map { verdict in
            (verdict.statement + number(verdict), verdict.record.map { "[\($0)]" } ?? "", false)
        }
        let stored = line.evidence.enumerated().map { index, evidence in
            let record = line.isLastOfItsRecord(index) ? evidence.verdict.record : nil
            return (
                StateMark.symbol(evidence.verdict.state) + " " + evidence.statement + number(evidence.verdict),
                record.map { "[\($0), \(evidence.origin)]" } ?? "", false
            )
        }
        let all = own + stored
        return all.isEmpty ? [("not measured: \(line.notMeasured)", "", true)] : all
    }

    private static func absent(_ line: Hallmark.Line) -> String? {
        guard !line.absent.isEmpty else { return nil }
        return "no record yet: " + line.absent.map { "\($0.what) (\($0.command))" }.joined(separator: "; ")
    }
}

public import Records

extension HTMLReport {
    /// The hallmark as a page: one line a question, with verdict, number and record, or why there is none.
    public func render(_ hallmark: Hallmark) -> String {
        var body = "<ul class=\"verdicts\" aria-label=\"The seven questions\">\n"
        for line in hallmark.lines {
            body += item(line, context: line.question == .fast ? hallmark.instrumentSentence : nil)
        }
        body += "</ul>\n<section>\n<h2>Of what, and where</h2>\n<dl>\n"
        for (name, value) in facts(hallmark) {
            body += "<dt>\(name)</dt><dd>\(value)</dd>\n"
        }
        body += "</dl>\n</section>\n"
        return HTMLPage.page(
            title: hallmark.model, kind: "Hallmark", subtitle: hallmark.summary, body: body,
            footer: "A hallmark says what was tested and what came of it. A question without evidence says so.")
    }

    private func item(_ line: Hallmark.Line, context: String?) -> String {
        let mark =
            line.state.map(HTMLTable.mark)
            ?? "<span class=\"mark none\" role=\"img\" aria-label=\"not measured\">·</span>"
        var what = ""
        if line.state == nil {
            what = "<span class=\"none\">not measured: \(HTMLText.escape(line.notMeasured))</span>"
        }
        let isMixed = Set(line.verdicts.map(\.state)).count > 1
        for (index, verdict) in line.verdicts.enumerated() {
            let text = (isMixed ? HTMLTable.mark(verdict.state) : "") + statement(verdict)
            what += index == 0 ? text : "<p class=\"more\">\(text)</p>"
        }
        for (index, evidence) in line.evidence.enumerated() {
            let text = self.evidence(evidence, namesRecord: line.isLastOfItsRecord(index))
            what += "<p class=\"more evidence\">\(text)</p>"
        }
        if let context { what += "<p class=\"more muted\">\(HTMLText.escape(context))</p>" }
        if !line.absent.isEmpty {
            let absent = line.absent.map {
                "\(HTMLText.escape($0.what)) (<code>\(HTMLText.escape($0.command))</code>)"
            }
            what += "<p class=\"more none\">no record yet: \(absent.joined(separator: "; "))</p>"
        }
        return "<li>\(mark)<b>\(HTMLText.escape(line.question.text))</b><span class=\"what\">\(what)</span></li>\n"
    }

    /// What an earlier record says, with its mark and its day.
    private func evidence(_ evidence: Hallmark.Evidence, namesRecord: Bool) -> String {
        var verdict = evidence.verdict
        verdict.statement = evidence.statement
        if !namesRecord { verdict.record = nil }
        let origin =
            verdict.record == nil ? "" : " <span class=\"n\">\(HTMLText.escape(evidence.origin))</span>"
        return HTMLTable.mark(verdict.state) + statement(verdict) + origin
    }

    private func facts(_ hallmark: Hallmark) -> [(String, String)] {
        var facts: [(String, String)] = []
        if let digest = hallmark.digest { facts.append(("SHA-256", "<span class=\"hash\">\(digest.hex)</span>")) }
        if let machine = hallmark.machine { facts.append(("Machine", HTMLText.escape(machine.summary))) }
        facts.append(("Struck", HTMLText.escape(hallmark.created.readable)))
        if !hallmark.tool.isEmpty { facts.append(("Assay", HTMLText.escape(hallmark.tool))) }
        return facts
    }
}

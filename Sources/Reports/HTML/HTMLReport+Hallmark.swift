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
        var what = "<span class=\"none\">not measured: \(HTMLText.escape(line.notMeasured))</span>"
        if let first = line.verdicts.first {
            let isMixed = Set(line.verdicts.map(\.state)).count > 1
            what = (isMixed ? HTMLTable.mark(first.state) : "") + statement(first)
            for verdict in line.verdicts.dropFirst() {
                what += "<p class=\"more\">\(isMixed ? HTMLTable.mark(verdict.state) : "")\(statement(verdict))</p>"
            }
        }
        if let context { what += "<p class=\"more muted\">\(HTMLText.escape(context))</p>" }
        return "<li>\(mark)<b>\(HTMLText.escape(line.question.text))</b><span class=\"what\">\(what)</span></li>\n"
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

public import Records

/// Draws reports and hallmarks as pages of one file: readable offline, without scripts, light and dark, on paper and on a
/// phone.
public struct HTMLReport: Sendable {
    /// Where the page of a record is, if it has one; verdicts then link to it.
    public typealias Link = @Sendable (RecordID) -> String?

    let link: Link

    /// Makes a renderer.
    public init(link: @escaping Link = { _ in nil }) {
        self.link = link
    }

    /// The whole page.
    public func render(_ document: ReportDocument) -> String {
        var body = ""
        if !document.verdicts.isEmpty {
            body += "<ul class=\"verdicts\" aria-label=\"Verdicts\">\n"
            let own = document.records.count == 1 ? document.records.first?.id : nil
            for verdict in document.verdicts { body += verdictItem(verdict, own) }
            body += "</ul>\n"
        }
        for note in document.notes { body += "<p class=\"note\">\(HTMLText.escape(note))</p>\n" }
        var names: Set<String> = []
        for section in document.sections {
            body += "<section>\n<h2>\(HTMLText.escape(section.title))</h2>\n"
            for text in section.text { body += "<p>\(HTMLText.escape(text))</p>\n" }
            for exhibit in section.exhibits {
                body += HTMLExhibit(exhibit: exhibit, anchor: Self.anchor(exhibit.name, &names)).html
            }
            body += "</section>\n"
        }
        if !document.records.isEmpty {
            body += "<section>\n<h2>Where this comes from</h2>\n"
            for record in document.records { body += HTMLProvenance(record: record).html }
            body += "</section>\n"
        }
        return HTMLPage.page(
            title: document.title, kind: "Report", subtitle: document.subtitle, body: body,
            footer: "Every number carries its interval and count, or says why it has none. Intervals are confidence "
                + "intervals; n counts the samples behind a number."
                + Self.instrument(document.records))
    }

    /// What the instrument resolves where the records were made, once each.
    private static func instrument(_ records: [Record]) -> String {
        var sentences: [String] = []
        for record in records where !sentences.contains(record.machine.instrumentSentence) {
            sentences.append(record.machine.instrumentSentence)
        }
        return sentences.map { "<br />" + HTMLText.escape($0.prefix(1).uppercased() + $0.dropFirst()) + "." }.joined()
    }

    /// One verdict; the record is named unless it is the one that the page shows.
    private func verdictItem(_ verdict: Verdict, _ own: RecordID?) -> String {
        var verdict = verdict
        if verdict.record == own { verdict.record = nil }
        let subject = verdict.subject.isEmpty ? "" : HTMLText.escape(verdict.subject) + ": "
        return "<li>\(HTMLTable.mark(verdict.state))<b>\(HTMLText.escape(verdict.question.text))</b>"
            + "<span class=\"what\">\(subject)\(statement(verdict))</span></li>\n"
    }

    /// The statement of a verdict with its number and the link to its record.
    func statement(_ verdict: Verdict) -> String {
        var out = HTMLText.escape(verdict.statement)
        if let metric = verdict.metric {
            let number = metric.quantity.map(HTMLTable.html) ?? HTMLText.escape(metric.description)
            out += " — " + number + (metric.kind == .modelled ? " <span class=\"n\">modelled</span>" : "")
        }
        guard let record = verdict.record else { return out }
        let name = HTMLText.escape(record.rawValue)
        // Only pages beside this one and on the web are linked; anything else could carry a script.
        if let target = link(record), Self.isPlainLink(target) {
            return out + " <a href=\"\(HTMLText.escape(target))\">\(name)</a>"
        }
        return out + " <span class=\"ref muted\">\(name)</span>"
    }

    private static func isPlainLink(_ target: String) -> Bool {
        let head = target.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return !head.contains(":") || target.hasPrefix("https://") || target.hasPrefix("http://")
            || target.hasPrefix("file://")
    }

    private static func anchor(_ name: String, _ taken: inout Set<String>) -> String {
        let base = "exhibit-" + HTMLText.anchor(name)
        var anchor = base
        var count = 1
        while !taken.insert(anchor).inserted {
            count += 1
            anchor = "\(base)-\(count)"
        }
        return anchor
    }
}

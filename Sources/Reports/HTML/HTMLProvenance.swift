import Records

/// Writes what a record rests on: machine, ingredients, seed, spec and lock.
struct HTMLProvenance {
    let record: Record

    var html: String {
        var out = "<figure id=\"record-\(HTMLText.anchor(record.id.rawValue))\">\n<figcaption><h3>Record "
        out += "<code>\(HTMLText.escape(record.id.rawValue))</code></h3></figcaption>\n<dl>\n"
        for (name, value) in facts { out += "<dt>\(HTMLText.escape(name))</dt><dd>\(value)</dd>\n" }
        out += "</dl>\n"
        if !record.ingredients.isEmpty {
            out += "<details open=\"open\"><summary>Ingredients by content</summary>\(ingredients)</details>\n"
        }
        if record.spec != .object([:]) { out += details("Effective spec", record.spec) }
        if record.lock != .object([:]) { out += details("Lock", record.lock) }
        let logs = record.outcomes.filter { !$0.isCompleted && !$0.log.isEmpty }
        for outcome in logs {
            out +=
                "<details><summary>Last words of \(HTMLText.escape(outcome.stack))</summary>"
                + "<pre>\(HTMLText.escape(outcome.log))</pre></details>\n"
        }
        return out + "</figure>\n"
    }

    private var facts: [(String, String)] {
        let machine = record.machine
        var facts: [(String, String)] = [
            ("Study", HTMLText.escape(record.study)), ("Made", HTMLText.escape(record.created.readable)),
            ("Machine", HTMLText.escape(machine.summary)),
        ]
        if !machine.features.isEmpty {
            facts.append(("Instructions", HTMLText.escape(machine.features.joined(separator: ", "))))
        }
        if !machine.kernel.isEmpty { facts.append(("Kernel", HTMLText.escape(machine.kernel))) }
        if !machine.virtualization.isEmpty {
            facts.append(("Inside", HTMLText.escape(machine.virtualization.joined(separator: ", "))))
        }
        if let governor = machine.governor { facts.append(("Governor", HTMLText.escape(governor))) }
        if !machine.load.isEmpty {
            facts.append(
                ("Load at start", machine.load.map { MetricUnit.digits($0, decimals: 2) }.joined(separator: ", ")))
        }
        facts.append(("Instrument", HTMLText.escape(machine.instrumentSentence)))
        facts.append(("Seed", String(record.seed)))
        facts.append(("Assay", HTMLText.escape(record.tool)))
        if let digest = try? record.comparableDigest() {
            facts.append(("Comparable digest", "<span class=\"hash\">\(digest.hex)</span>"))
        }
        return facts
    }

    private var ingredients: String {
        let rows: [[Cell]] = record.ingredients.map { ingredient in
            [
                .text(ingredient.name + (ingredient.version.map { " " + $0 } ?? "")), .text(ingredient.role.rawValue),
                ingredient.bytes.map { .quantity(Quantity(Double($0), .bytes)) } ?? .missing(""),
                .text(ingredient.licence ?? ""), .text(ingredient.digest.short + "…"), .text(ingredient.origin ?? ""),
            ]
        }
        return HTMLTable.html(
            Table(
                columns: [
                    .init("Name"), .init("Role"), .init("Size", .right), .init("Licence"), .init("SHA-256"),
                    .init("Origin"),
                ], rows: rows))
    }

    private func details(_ title: String, _ value: JSONValue) -> String {
        "<details><summary>\(title)</summary><pre>\(HTMLText.escape(value.pretty))</pre></details>\n"
    }
}

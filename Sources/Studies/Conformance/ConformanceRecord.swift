import Assets
import Engines
import Records
import Specs

/// Turns what was found into a record.
struct ConformanceRecord {
    let spec: ConformanceSpec
    let effective: SpecValue
    let findings: Conformance.Findings
    let cases: NodeCases
    let context: StudyContext

    func build() throws -> RecordArchive {
        var record = Record(
            study: Conformance.name,
            title: spec.filter.isEmpty ? "Conformance" : "Conformance: cases with '\(spec.filter)'",
            tool: context.tool, spec: try JSONCoding.value(of: effective), lock: try findings.prepared.lock(),
            ingredients: findings.prepared.compactMap(\.ingredient), machine: context.machine, seed: 0)
        record.isPartial = findings.isPartial
        record.metrics = findings.stacks.flatMap(metrics)
        record.outcomes = findings.stacks.flatMap(outcomes)
        record.notes = notes
        record.exhibits = ConformanceExhibits(stacks: findings.stacks).all
        record.verdicts = findings.stacks.compactMap { verdict(on: $0, record) }
        return RecordArchive(record)
    }

    private var notes: [String] {
        var notes = findings.stacks.compactMap { stack in
            stack.identity.map { "\(stack.title): \($0.words)" }
        }
        if !cases.roundedOtherwise.isEmpty {
            notes.append(
                "expected outputs that this machine rounds otherwise than the list: "
                    + cases.roundedOtherwise.joined(separator: ", "))
        }
        return notes
    }

    private func metrics(of stack: StackConformance) -> [Metric] {
        guard let identity = stack.identity else { return [] }
        let tally = stack.tally
        let labels = [Label.stack: stack.title, "engine": identity.name]
        let run = Double(max(tally.run, 1))
        func metric(_ name: String, _ value: Double, _ unit: MetricUnit) -> Metric {
            Metric(name, value, unit, count: tally.run, labels: labels)
        }
        var metrics = [
            metric("conformance.share", Double(tally.passing) / run, .fraction),
            metric("conformance.share.re-stamped", Double(tally.passing + tally.restamped) / run, .fraction),
        ]
        metrics += [
            ("passes", tally.passing), ("stamp-refused", tally.stampRefused), ("re-stamped", tally.restamped),
            ("wrong", tally.wrong), ("lacks", tally.lacking), ("fails", tally.failing),
        ].map { metric("conformance.\($0)", Double($1), .count) }
        if let unexplained = unexplained(stack, identity) {
            metrics.append(metric("conformance.unexplained", Double(unexplained), .count))
        }
        return metrics
    }

    /// How many cases of the native engine do not pass and have no written reason in its list.
    private func unexplained(_ stack: StackConformance, _ identity: EngineIdentity) -> Int? {
        guard identity.name == "native" else { return nil }
        let former = ConformanceList(engine: identity.name, in: cases.lists)
        return ConformanceList(stack, keepingReasonsOf: former)?.unexplained.count
    }

    /// The stack itself, and every case that its worker did not survive.
    private func outcomes(_ stack: StackConformance) -> [Outcome] {
        let failures = stack.results.compactMap { result -> Outcome? in
            guard case .fails(let state) = result.side else { return nil }
            return Outcome(stack: stack.title, state, labels: ["case": result.name])
        }
        return [Outcome(stack: stack.title, stack.outcome, log: stack.log)] + failures
    }

    private func verdict(on stack: StackConformance, _ record: Record) -> Verdict? {
        guard stack.identity != nil else { return nil }
        let tally = stack.tally
        var words = ["\(tally.passing) of \(tally.run) cases pass as they are stamped"]
        if tally.restamped > 0 { words.append("\(tally.restamped) more when re-stamped") }
        if tally.wrong > 0 { words.append("\(tally.wrong) are wrong") }
        if tally.lacking > 0 { words.append("\(tally.lacking) ask for what it lacks") }
        if tally.failing > 0 { words.append("\(tally.failing) ended its worker") }
        return Verdict(
            on: stack.title, counts: words, passing: tally.passing, isRight: tally.wrong == 0 && tally.failing == 0,
            metric: "conformance.share", in: record)
    }
}

import Engines
import Operators
import Records
import Specs

/// Turns what was found into a record.
struct OperatorSupportRecord {
    let spec: OperatorSupportSpec
    let effective: SpecValue
    let findings: OperatorSupport.Findings
    let context: StudyContext

    func build() throws -> RecordArchive {
        var record = Record(
            study: OperatorSupport.name, title: title, tool: context.tool, spec: try JSONCoding.value(of: effective),
            lock: try findings.prepared.lock(), ingredients: findings.prepared.compactMap(\.ingredient),
            machine: context.machine, seed: UInt64(clamping: spec.seed))
        record.isPartial = findings.isPartial
        record.metrics = findings.stacks.flatMap { counts(of: $0) + medians(of: $0) }
        record.outcomes = findings.stacks.flatMap(outcomes)
        record.notes = findings.stacks.compactMap { stack in
            stack.identity.map { "\(stack.title): \($0.words)" }
        }
        record.notes += omissions
        record.exhibits = OperatorSupportExhibits(stacks: findings.stacks, metrics: record.metrics).all
        record.verdicts = findings.stacks.compactMap { verdict(on: $0, record) }
        var archive = RecordArchive(record)
        for stack in findings.stacks {
            for entry in stack.cases where !entry.rounds.isEmpty {
                archive.add("latency", entry.rounds.flatMap(\.self), labels: labels(stack, entry))
            }
        }
        return archive
    }

    private var title: String {
        spec.operators.isEmpty ? "Operators" : "Operators: " + spec.operators.joined(separator: ", ")
    }

    /// What was not run, by reason.
    private var omissions: [String] {
        var paths: [String: Set<String>] = [:]
        for entry in findings.stacks.flatMap(\.cases) {
            if case .skipped(let reason) = entry.state { paths[reason, default: []].insert(entry.path) }
        }
        return paths.sorted { $0.key < $1.key }.map { reason, paths in
            "not run, since \(reason): \(paths.sorted().joined(separator: "; "))"
        }
    }

    private func labels(_ stack: StackSupport, _ entry: SupportCase) -> Labels {
        [Label.stack: stack.title, "operator": entry.target, "example": entry.example]
    }

    private func counts(of stack: StackSupport) -> [Metric] {
        guard stack.identity != nil else { return [] }
        let tally = stack.tally
        return [
            ("operators.agree", tally.agreeing), ("operators.differ", tally.differing),
            ("operators.refuse", tally.refused), ("operators.crash", tally.failed),
        ].map { name, value in
            Metric(name, Double(value), .count, count: tally.run, labels: [Label.stack: stack.title])
        }
    }

    private func medians(of stack: StackSupport) -> [Metric] {
        stack.cases.filter { !$0.rounds.isEmpty }.compactMap { entry in
            LatencyMetrics(rounds: entry.rounds, labels: labels(stack, entry)).all.first
        }
    }

    /// The stack itself, and every example that its worker did not survive.
    private func outcomes(_ stack: StackSupport) -> [Outcome] {
        let failures = stack.cases.compactMap { entry -> Outcome? in
            guard case .failed(let state) = entry.state else { return nil }
            return Outcome(
                stack: stack.title, state, labels: ["operator": entry.target, "example": entry.example])
        }
        return [Outcome(stack: stack.title, stack.outcome, log: stack.log)] + failures
    }

    private func verdict(on stack: StackSupport, _ record: Record) -> Verdict? {
        guard stack.identity != nil else { return nil }
        let tally = stack.tally
        var words = ["\(tally.agreeing) of \(tally.run) examples agree with the reference kernels"]
        if tally.differing > 0 { words.append("\(tally.differing) differ") }
        if tally.refused > 0 { words.append("\(tally.refused) are refused") }
        if tally.failed > 0 { words.append("\(tally.failed) ended its worker") }
        return Verdict(
            on: stack.title, counts: words, passing: tally.agreeing,
            isRight: tally.differing == 0 && tally.failed == 0, metric: "operators.agree", in: record)
    }
}

public import Records
public import Specs

/// The study behind `assay gate`: an evaluation whose figures must keep bounds.
public struct GateStudy: Sendable {
    /// The name of the study in records.
    public static let name = "gate"

    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// Evaluates, runs the candidates beside their baseline where that is no record, and holds what came out to the gates.
    ///
    /// - Parameter baseline: the record that ratios are taken to, where the spec names one.
    /// - Returns: the evaluation's record with the gates as verdicts and a table, and the gates themselves.
    /// - Throws: what `Evaluate` throws, or `StudyError` of code `side` where a baseline is the candidate itself.
    public func run(
        _ spec: GateSpec, effective: SpecValue, baseline: RecordArchive?
    ) async throws -> (archive: RecordArchive, gates: [GateResult]) {
        let ratios = spec.gates.all.filter { $0.measure == .ratio }
        // What the user gave is checked before anything is measured.
        let contest: GateContest? =
            if let side = spec.baseline, side.isSide, !ratios.isEmpty {
                try GateContest(spec, beside: side, gates: ratios, context: context)
            } else { nil }
        var archive = try await Evaluate(context).run(
            spec.evaluation, effective: EvaluateSpec.spec.effective(spec.evaluation))
        let compared: [GateResult]
        if let contest {
            let found = try await contest.run()
            archive.takeIn(found.archives)
            compared = found.gates
            if let budget = spec.baseline?.budget, compared.contains(where: { $0.further != nil }) {
                archive.record.notes.append(
                    "More processes take a longer 'budget' under 'baseline', now "
                        + MetricUnit.nanoseconds.format(budget / .nanoseconds(1)) + ".")
            }
        } else {
            compared = try self.ratios(ratios, archive, baseline, spec)
        }
        let results = judge(&archive, spec, compared)
        archive.record.study = Self.name
        archive.record.spec = try JSONCoding.value(of: effective)
        return (archive, results)
    }

    /// Holds figures to the gates, takes in the ratios, and puts both into the record.
    private func judge(_ archive: inout RecordArchive, _ spec: GateSpec, _ compared: [GateResult]) -> [GateResult] {
        var all: [GateResult] = []
        let questions: [(Question, [Gate])] = [
            (.fast, spec.gates.fast), (.itself, spec.gates.itself), (.right, spec.gates.right),
        ]
        for (question, gates) in questions {
            let results = gates.flatMap { gate in
                gate.measure == .ratio ? compared.filter { $0.gate == gate } : values(gate, archive.record)
            }
            all += results
            archive.record.verdicts += results.map {
                Verdict(question, subject: $0.subject, "gate '\($0.gate.text)': \($0)", $0.state)
            }
        }
        archive.record.exhibits.insert(GateResult.table(all), at: 0)
        return all
    }

    /// A gate on every figure that it speaks of; where there is none, that is what is found.
    private func values(_ gate: Gate, _ record: Record) -> [GateResult] {
        let results = record.metrics(gate.metric).filter { gate.speaks(of: $0.labels[Label.stack] ?? "") }.map {
            metric in
            var reason = ""
            if case .unavailable(let why) = metric.kind { reason = why }
            return GateResult(gate, subject: Self.subject(metric.labels), metric.quantity, reason: reason)
        }
        guard results.isEmpty else { return results }
        let failed = record.outcomes.first { !$0.isCompleted && gate.speaks(of: $0.stack) }
        let reason =
            failed.map { "\($0.stack) \($0.state)" }
            ?? "nothing of this name was measured" + (gate.stack.map { " on \($0)" } ?? "")
        return [GateResult(gate, subject: failed?.stack ?? record.models.first ?? "", nil, reason: reason)]
    }

    private static func subject(_ labels: Labels) -> String {
        [labels[Label.model], labels[Label.stack]].compactMap(\.self).joined(separator: " on ")
    }

    /// Ratios to a record of another session.
    ///
    /// Where nothing can be compared, as when the candidate's engine crashed, the evaluation is kept and the gates say why.
    private func ratios(
        _ gates: [Gate], _ evaluated: RecordArchive, _ baseline: RecordArchive?, _ spec: GateSpec
    ) throws -> [GateResult] {
        guard !gates.isEmpty, let baseline else { return [] }
        var comparison = CompareSpec()
        comparison.gates = gates
        comparison.statistics = []
        comparison.drift = spec.drift
        comparison.level = spec.level
        do {
            return try CompareRecords(context).run(
                [[baseline], [evaluated]], comparison, effective: CompareSpec.spec.effective(comparison)
            ).1.gates
        } catch let error as StudyError where error.code == .side {
            let failed = evaluated.record.outcomes.first { !$0.isCompleted }
            let reason = failed.map { "\($0.stack) \($0.state)" } ?? error.reason
            return gates.map { GateResult($0, subject: $0.stack ?? "every side", nil, reason: reason) }
        }
    }
}

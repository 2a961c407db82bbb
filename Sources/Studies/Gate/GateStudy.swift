public import Records
public import Specs

/// The study behind `assay gate`: an evaluation whose figures must keep bounds.
public struct GateStudy: Sendable {
    /// The name of the study in records.
    public static let name = "gate"

    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// Evaluates, and holds what came out to the gates.
    ///
    /// - Parameter baseline: the record that ratios are taken to.
    /// - Returns: the evaluation's record with the gates as verdicts and a table, and the gates themselves.
    /// - Throws: what `Evaluate` throws, or `StudyError` of code `side` where nothing of the baseline was measured.
    public func run(
        _ spec: GateSpec, effective: SpecValue, baseline: RecordArchive?
    ) async throws -> (archive: RecordArchive, gates: [GateResult]) {
        let evaluated = try await Evaluate(context).run(
            spec.evaluation, effective: EvaluateSpec.spec.effective(spec.evaluation))
        return try judge(evaluated, spec, effective: effective, baseline: baseline)
    }

    /// Holds an evaluation to the gates.
    package func judge(
        _ evaluated: RecordArchive, _ spec: GateSpec, effective: SpecValue, baseline: RecordArchive?
    ) throws -> (archive: RecordArchive, gates: [GateResult]) {
        var archive = evaluated
        var all: [GateResult] = []
        let questions: [(Question, [Gate])] = [
            (.fast, spec.gates.fast), (.itself, spec.gates.itself), (.right, spec.gates.right),
        ]
        for (question, gates) in questions {
            let results =
                gates.filter { $0.measure != .ratio }.flatMap { values($0, evaluated.record) }
                + (try ratios(gates.filter { $0.measure == .ratio }, evaluated, baseline, spec))
            all += results
            archive.record.verdicts += results.map {
                Verdict(question, subject: $0.subject, "gate '\($0.gate.text)': \($0)", $0.state)
            }
        }
        archive.record.study = Self.name
        archive.record.spec = try JSONCoding.value(of: effective)
        archive.record.exhibits.insert(GateResult.table(all), at: 0)
        return (archive, all)
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

    private func ratios(
        _ gates: [Gate], _ evaluated: RecordArchive, _ baseline: RecordArchive?, _ spec: GateSpec
    ) throws -> [GateResult] {
        guard !gates.isEmpty, let baseline else { return [] }
        var comparison = CompareSpec()
        comparison.gates = gates
        comparison.statistics = []
        comparison.drift = spec.drift
        comparison.level = spec.level
        return try CompareRecords(context).run(
            [[baseline], [evaluated]], comparison, effective: CompareSpec.spec.effective(comparison)
        ).1.gates
    }
}

import Assets
import Engines
import Measurement
import Records
import Specs

/// Turns what a study of stability found into a record.
struct StabilityRecord {
    let spec: StabilitySpec
    let effective: SpecValue
    let findings: StabilityFindings
    let context: StudyContext

    func build() throws -> RecordArchive {
        var record = Record(
            study: Stability.name, title: "Stability of \(findings.names.first ?? spec.model)", tool: context.tool,
            spec: try JSONCoding.value(of: effective), lock: try findings.stacks.lock(),
            ingredients: (findings.files + findings.variants.map(\.file)).flatMap(\.ingredients).uniqued()
                + dataIngredients
                + findings.stacks.compactMap(\.ingredient).uniqued(),
            machine: context.machine, seed: UInt64(clamping: spec.seed))
        record.isPartial = findings.isPartial
        record.fingerprints = findings.completed.map(outputs)
        record.metrics = StabilityMetrics(findings: findings).all
        record.verdicts = StabilityVerdicts(spec: spec, findings: findings, record: record).all
        record.outcomes = findings.cells.map {
            Outcome(stack: $0.configuration.stack.title, $0.outcome, labels: $0.labels, log: $0.log)
        }
        record.exhibits = StabilityExhibits(spec: spec, findings: findings, metrics: record.metrics).all
        record.notes = notes
        var archive = RecordArchive(record)
        for cell in findings.completed where !cell.timing.inTurn.isEmpty {
            archive.add("stability.time", cell.timing.inTurn.flatMap(\.self), labels: cell.labels)
        }
        return archive
    }

    private var dataIngredients: [Ingredient] {
        guard let digest = findings.samples.digest else { return [] }
        return [Ingredient(.data, name: "samples of \(spec.model)", digest: digest)] + DecoderFiles.ingredients
    }

    /// What came out of a cell, sample by sample.
    private func outputs(_ cell: StabilityCell) -> Fingerprint {
        let samples = zip(findings.samples.all, cell.digests).map { Fingerprint.Sample($0.name, $1) }
        return Fingerprint(.outputs, samples, labels: cell.labels)
    }

    private var notes: [String] {
        let count = findings.samples.all.count
        let source = findings.samples.digest == nil ? "samples of seeded random numbers" : "samples of the data"
        let given =
            "each cell ran \(count) \(source), \(spec.repeats) times in one process and once in each of "
            + "\(spec.processes - 1) more"
        let identities = findings.completed.compactMap { cell in cell.identity.map { "\($0.name) \($0.words)" } }
        let shared = Set(findings.completed.flatMap(\.shared)).sorted()
        let left = shared.map { "output '\($0)' does not begin with the batch and is compared at batch 1 alone" }
        let mismatches = findings.compared.flatMap { cell in
            (cell.comparison?.mismatches ?? []).map { "\(cell.title): \($0)" }
        }
        let unread = findings.samples.unreadable.map { "left out, since it cannot be read: \($0)" }
        let partings = findings.partings.map { "\($0.other) and \($0.reference) part at \($0.statement)" }
        let forms = findings.files.first?.formNotes(findings.stacks) ?? []
        return [given] + identities.uniqued() + forms + findings.obstacles + unread + left + mismatches + partings
            + pitfalls
    }

    /// One note a trap, with the first cells that stand in it.
    private var pitfalls: [String] {
        Pitfall.Kind.allCases.compactMap { kind in
            let found = findings.pitfalls.filter { $0.kind == kind && $0.finding.isFound }
            guard let first = found.first else { return nil }
            let more = found.count > 1 ? " (and \(found.count - 1) more cells)" : ""
            return "pitfall, \(kind.rawValue): \(first.subject): \(first.finding.words)\(more)"
        }
    }
}

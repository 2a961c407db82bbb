import Engines
import Records
import Specs

/// Turns what a COST study found into a record.
struct CostRecord {
    let spec: CostSpec
    let effective: SpecValue
    let findings: CostFindings
    let context: StudyContext

    func build() throws -> RecordArchive {
        var record = Record(
            study: Cost.name, title: "COST of \(findings.model.name)", tool: context.tool,
            spec: try JSONCoding.value(of: effective), lock: try findings.stacks.lock(),
            ingredients: [findings.model.ingredient] + findings.stacks.compactMap(\.ingredient),
            machine: context.machine, seed: UInt64(clamping: spec.seed))
        record.isPartial = findings.isPartial
        record.metrics = CostMetrics(spec: spec, findings: findings).all
        record.verdicts = verdicts
        record.outcomes = findings.entries.map {
            Outcome(stack: $0.system, $0.outcome, labels: $0.labels, log: $0.log)
        }
        record.notes = notes
        record.exhibits = CostExhibits(spec: spec, findings: findings, metrics: record.metrics).all
        var archive = RecordArchive(record)
        for entry in findings.entries where entry.isMeasured && !entry.runs.isEmpty {
            archive.add(
                spec.bound == nil ? "time.run" : "time.response", entry.runs,
                labels: entry.labels.merging([Label.model: findings.model.name]) { $1 })
        }
        return archive
    }

    private var notes: [String] {
        var notes: [String] = []
        if let baseline = findings.baseline {
            let others = findings.against.filter { $0 != baseline.configuration.stack }.map {
                findings.stacks[$0].title
            }
            notes.append(
                "The single thread is \(baseline.system)"
                    + (others.isEmpty
                        ? ", the only one that was allowed"
                        : ", by measurement the fastest of it, "
                            + others.joined(separator: ", ")) + ".")
        } else {
            notes.append(
                spec.bound == nil
                    ? "No single thread could be measured."
                    : findings.isWithoutSingle
                        ? "No single thread holds the bound."
                        : "Whether a single thread holds the bound was not decided; grant each rate a longer time.")
        }
        let cores = context.machine.logicalCores
        if let most = findings.entries.map(\.configuration.threadsOfMachine).max(), most > cores {
            notes.append("Configurations of more than \(cores) threads share the \(cores) cores of this machine.")
        }
        return notes + machineNotes
    }

    private var machineNotes: [String] {
        guard spec.machines.count > 1 || spec.machines.contains(where: { $0 != .here }) else { return [] }
        let names = spec.machines.map { $0 == .here ? "here" : $0.title }
        var notes = [
            "The machines are \(names.joined(separator: ", ")): each number of them takes so many from the first on, and "
                + "the single thread runs on the first."
        ]
        let worst = findings.entries.flatMap { $0.processes.flatMap { $0.compactMap { $0?.uncertainty } } }.max() ?? 0
        if worst > 0 {
            notes.append(
                "How far the clocks of the machines are apart was known to within "
                    + "\(MetricUnit.nanoseconds.format(Double(worst))) at worst; only the time in which all of them ran "
                    + "for certain counts.")
        }
        return notes
    }

    private var verdicts: [Verdict] {
        findings.systems.compactMap { system in
            guard let direction = findings.directions(of: system).last,
                let answer = findings.answer(system, direction, spec)
            else { return nil }
            let title = findings.stacks[system].title
            let opponent = findings.baseline.map { "the single thread of \($0.system)" } ?? "any single thread"
            let (statement, state): (String, Verdict.State) =
                switch answer.state {
                case .exact, .range: ("\(title) beats \(opponent) from \(answer.text(direction.unit)) on", .holds)
                case .unbounded: ("\(title) does not beat \(opponent): \(answer.text(direction.unit))", .fails)
                case .undecided: ("whether \(title) beats \(opponent): \(answer.text(direction.unit))", .unknown)
                }
            return Verdict(.fast, subject: findings.model.name, statement, state)
        }
    }
}

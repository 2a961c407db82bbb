import Assets
import Engines
import Records
import Specs
import Timelines

/// Turns what was seen into a record.
struct TraceRecord {
    let effective: SpecValue
    let findings: TraceFindings
    let prepared: [PreparedStack]
    let data: ModelEvaluation.OpenedData?
    let context: StudyContext

    func build(isPartial: Bool) throws -> RecordArchive {
        var record = Record(
            study: Trace.name, title: "Trace of \(findings.model.name)", tool: context.tool,
            spec: try JSONCoding.value(of: effective), lock: try prepared.lock(),
            ingredients: try ingredients(), machine: context.machine,
            seed: UInt64(clamping: findings.spec.evaluation.seed))
        record.isPartial = isPartial
        record.metrics = TraceMetrics(findings: findings).all
        record.metrics += findings.stacks.compactMap {
            $0.warmups.metric([Label.model: findings.model.name, Label.stack: $0.title])
        }
        record.outcomes = findings.stacks.map {
            Outcome(stack: $0.title, $0.outcome, labels: [Label.model: findings.model.name], log: $0.log)
        }
        record.exhibits = TraceExhibits(findings: findings).all
        record.verdicts = TraceStatements(findings: findings, record: record).all
        record.notes = notes
        var archive = RecordArchive(record)
        for stack in findings.stacks {
            for runs in stack.levels where runs.times.count > 0 {
                archive.add(
                    "run", runs.times.all,
                    labels: [
                        Label.model: findings.model.name, Label.stack: stack.title, "level": runs.level.rawValue,
                    ])
            }
        }
        return archive
    }

    private func ingredients() throws -> [Ingredient] {
        var ingredients = findings.model.ingredients
        if let data {
            ingredients.append(
                Ingredient(.data, name: findings.spec.evaluation.title, digest: try data.set.contentHash()))
        }
        return ingredients + prepared.compactMap(\.ingredient)
    }

    private var notes: [String] {
        var notes: [String] = []
        for stack in findings.stacks {
            guard let identity = stack.identity, let options = stack.options else { continue }
            let threads = options.threads == 1 ? "1 thread" : "\(options.threads) threads"
            notes.append("\(stack.title): \(identity.words), \(options.precision.rawValue), \(threads)")
        }
        notes += findings.model.formNotes(prepared)
        notes += findings.stacks.compactMap { stack in stack.warmups.unsettled.map { "\(stack.title): \($0)" } }
        if !findings.hasData {
            notes.append(
                "without data, samples are random inputs: nothing is decoded, and pre-processing is making them")
        }
        return notes
    }
}

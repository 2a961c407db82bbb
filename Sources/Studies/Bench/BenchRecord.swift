import Engines
import Records
import Specs

/// Turns what a benchmark found into a record.
struct BenchRecord {
    let spec: BenchSpec
    let effective: SpecValue
    let findings: BenchFindings
    let context: StudyContext

    func build() throws -> RecordArchive {
        var record = Record(
            study: Bench.name, title: title, tool: context.tool, spec: try JSONCoding.value(of: effective),
            lock: try findings.stacks.lock(),
            ingredients: findings.variants.map(\.file.ingredient) + findings.stacks.compactMap(\.ingredient),
            machine: context.machine, seed: UInt64(clamping: spec.seed))
        record.isPartial = findings.isPartial
        record.metrics = BenchMetrics(findings: findings, spec: spec).all
        record.verdicts = BenchVerdicts(engine: engine, metrics: record.metrics).all
        record.outcomes = outcomes
        record.notes = notes
        record.exhibits = BenchExhibits(spec: spec, findings: findings, metrics: record.metrics).all
        var archive = RecordArchive(record)
        addSamples(to: &archive)
        return archive
    }

    private var title: String {
        spec.models.isEmpty ? "Benchmark" : "Benchmark of " + spec.models.joined(separator: ", ")
    }

    private var engine: String { findings.stacks.first?.request.engine ?? "" }

    private var outcomes: [Outcome] {
        let timed = findings.cells.flatMap { cell in
            cell.entries.map { Outcome(stack: $0.title, $0.outcome, labels: cell.labels, log: $0.log) }
        }
        return timed
            + findings.fresh.flatMap { report in
                report.entries.map {
                    Outcome(stack: $0.title, $0.outcome, labels: report.variant.labels, log: $0.log)
                }
            }
    }

    private var notes: [String] {
        findings.fixedBatches.map { "\($0.model): no batch of \($0.batch), since \($0.reason)" } + routes + unsettled
    }

    /// The stacks whose run times had not settled, once each.
    private var unsettled: [String] {
        findings.stacks.compactMap { stack in
            findings.cells.flatMap(\.entries).filter { $0.title == stack.title }.compactMap(\.warmup).unsettled.map {
                "\(stack.title): \($0)"
            }
        }
    }

    /// How engines with more than one way carried the models out; what is rare is listed by name.
    private var routes: [String] {
        var cells: [String: [String]] = [:]
        for cell in findings.cells {
            for entry in cell.entries {
                guard let route = entry.route else { continue }
                cells["\(entry.title), \(route)", default: []].append(
                    "\(cell.variant.file.name) at batch \(cell.variant.batch)")
            }
        }
        return cells.sorted { $0.key < $1.key }.map { route, models in
            let named = models.count <= Self.namedModels ? ": " + models.joined(separator: ", ") : ""
            return "\(route) on \(models.count == 1 ? "1 model" : "\(models.count) models")\(named)"
        }
    }

    private static let namedModels = 8

    private func addSamples(to archive: inout RecordArchive) {
        for cell in findings.cells {
            for entry in cell.entries where !entry.rounds.isEmpty {
                archive.add(
                    "time.run", processes: [entry.rounds],
                    labels: cell.labels.merging([Label.stack: entry.title]) { $1 })
            }
        }
        for report in findings.fresh {
            for entry in report.entries where !entry.loads.isEmpty {
                let labels = report.variant.labels.merging([Label.stack: entry.title]) { $1 }
                archive.add("load.time", entry.loads, labels: labels)
                archive.add("load.first", entry.firsts, labels: labels)
                archive.add("memory.peak", entry.peaks, unit: .bytes, labels: labels)
            }
        }
    }
}

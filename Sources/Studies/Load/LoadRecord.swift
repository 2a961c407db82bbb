import Assets
import Engines
import Measurement
import Records
import Specs

/// Turns what a study of load found into a record.
struct LoadRecord {
    let spec: LoadSpec
    let effective: SpecValue
    let findings: LoadFindings
    let context: StudyContext

    func build() throws -> RecordArchive {
        var record = Record(
            study: Load.name, title: "Load on \(findings.variants.first?.file.name ?? spec.model)", tool: context.tool,
            spec: try JSONCoding.value(of: effective), lock: try findings.stacks.lock(),
            ingredients: ([findings.model] + findings.variants.map(\.file)).flatMap(\.ingredients).uniqued()
                + dataIngredients
                + findings.stacks.compactMap(\.ingredient),
            machine: context.machine, seed: UInt64(clamping: spec.seed))
        record.isPartial = findings.isPartial
        record.fingerprints = findings.variants.map(inputs)
        record.metrics = LoadMetrics(spec: spec, findings: findings).all
        let verdicts = LoadVerdicts(spec: spec, findings: findings, metrics: record.metrics)
        record.verdicts = verdicts.all
        record.outcomes = findings.cells.map {
            Outcome(stack: $0.title, $0.outcome, labels: $0.labels, log: $0.log)
        }
        let watched = findings.cells.compactMap(\.watched)
        record.metrics += watched.flatMap(\.metrics)
        record.notes = notes + watched.compactMap(\.note)
        record.exhibits =
            LoadExhibits(spec: spec, findings: findings, metrics: record.metrics, sweeps: verdicts.sweeps).all
            + [watched.map(titled).exhibit].compactMap(\.self)
        var archive = RecordArchive(record)
        addSamples(to: &archive)
        return archive
    }

    /// The series as the table of disturbances tells them apart.
    private func titled(_ series: WatchedSeries) -> WatchedSeries {
        var series = series
        let words = [series.labels[Label.model], series.labels["scenario"]].compactMap(\.self)
        let batch = spec.batches.count > 1 ? ["batch \(series.labels[Label.batch] ?? "")"] : []
        series.labels[Label.model] = (words + batch).joined(separator: ", ")
        return series
    }

    private var dataIngredients: [Ingredient] {
        guard let samples = findings.samples else { return [] }
        return [Ingredient(.data, name: "samples of \(spec.model)", digest: samples.digest)]
            + DecoderFiles.ingredients
    }

    /// What the runs of a variant are given in turn, by content.
    private func inputs(_ variant: LoadVariant) -> Fingerprint {
        let names = findings.samples?.names
        let samples = variant.inputs.enumerated().map { run, tensors in
            // A run of several items is called by the first of them.
            let name = names.map { $0[run * variant.batch % $0.count] } ?? "random inputs, seed \(spec.seed &+ run)"
            return Fingerprint.Sample(name, tensors.digest)
        }
        return Fingerprint(
            .inputs, samples, labels: [Label.model: variant.file.name, Label.batch: String(variant.batch)])
    }

    private var notes: [String] {
        let given = findings.variants.map { variant in
            let runs =
                variant.inputs.count == 1 ? "one list of inputs" : "\(variant.inputs.count) different inputs in turn"
            let source =
                findings.samples == nil ? "seeded random numbers" : "samples of the data"
            return (spec.batches.count > 1 ? "batch \(variant.batch): " : "") + "runs are given \(runs), \(source)"
        }
        let unread = (findings.samples?.unreadable ?? []).map { "left out, since it cannot be read: \($0)" }
        return given + unread + findings.obstacles.map { "no batch of \($0.batch), since \($0.reason)" }
            + findings.cells.flatMap { cell in
                Set(cell.rounds.map(\.ending)).compactMap { note(cell, $0) }.sorted()
            }
    }

    private func note(_ cell: LoadCell, _ ending: ScenarioJob.Ending) -> String? {
        let words = cell.words(withBatch: spec.batches.count > 1)
        return switch ending {
        case .complete: nil
        case .decided: "\(words): ended when the bound was decided"
        case .time: "\(words): ended after \(MetricUnit.nanoseconds.format(Double(spec.longest.wholeNanoseconds)))"
        case .queries: "\(words): ended when the memory for the times of its queries was full"
        }
    }

    private func addSamples(to archive: inout RecordArchive) {
        for cell in findings.cells {
            for (round, response) in cell.rounds.enumerated() {
                let times = response.times(isScheduled: cell.scenario.isScheduled)
                guard times.count > 0 else { continue }
                var labels = cell.labels
                if cell.rounds.count > 1 { labels["round"] = String(round + 1) }
                archive.add("load.scheduled", times.scheduled, labels: labels)
                archive.add("load.start", times.start, labels: labels)
                archive.add("load.end", times.end, labels: labels)
                archive.add("load.server", times.server.map(Int64.init), unit: .number, labels: labels)
            }
        }
    }
}

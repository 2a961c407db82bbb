import Assets
import Engines
import Foundation
import Measurement
import Records
import Specs

/// Turns the reports of all models into one record.
struct EvaluateRecord {
    let spec: EvaluateSpec
    let effective: SpecValue
    let stacks: [PreparedStack]
    let data: ModelEvaluation.OpenedData?
    let context: StudyContext

    func build(_ reports: [ModelReport], isPartial: Bool) throws -> RecordArchive {
        var record = Record(
            study: Evaluate.name, title: spec.title, tool: context.tool, spec: try JSONCoding.value(of: effective),
            lock: try stacks.lock(), ingredients: try ingredients(reports), machine: context.machine,
            seed: UInt64(clamping: spec.seed))
        record.isPartial = isPartial || reports.contains(where: \.isPartial)
        var series: [(SampleSeries, [Int64])] = []
        var watched: [WatchedSeries] = []
        var turns: [WatchedSeries] = []
        for report in reports {
            record.metrics += EvaluateMetrics(report: report, measure: spec.measure).all
            record.outcomes += report.stacks.map {
                Outcome(stack: $0.title, $0.outcome, labels: [Label.model: report.model.name], log: $0.log)
            }
            for note in notes(report) where !record.notes.contains(note) { record.notes.append(note) }
            for stack in report.stacks where !stack.rounds.isEmpty {
                let samples = stack.rounds.flatMap(\.self)
                let labels = [Label.model: report.model.name, Label.stack: stack.title]
                let rounds = [stack.rounds.map(\.count)]
                series.append((SampleSeries("latency", samples, labels: labels, rounds: rounds), samples))
                watched.append(WatchedSeries(labels, stack.stretches, warmups: [stack.warmup].compactMap(\.self)))
            }
            for entry in report.contest where !entry.processes.isEmpty {
                let labels = [Label.model: report.model.name, Label.stack: entry.title]
                series.append(
                    (
                        SampleSeries(
                            "contest", entry.samples, labels: labels, rounds: entry.processes.map { $0.map(\.count) }),
                        entry.samples
                    ))
            }
            if let certificate = report.certificate {
                turns += zip(report.contest, certificate.sides).filter { !$0.0.processes.isEmpty }.map { entry, side in
                    WatchedSeries(
                        [Label.model: report.model.name, Label.stack: entry.title, "series": "contest"],
                        side.certificate, warmups: entry.warmups)
                }
            }
            let evidence = EvaluateFingerprints(report: report)
            record.fingerprints += evidence.all
            series += evidence.series
        }
        record.series = series.map(\.0)
        record.exhibits =
            EvaluateExhibits(
                spec: spec, reports: reports, metrics: record.metrics, stationarity: (watched + turns).exhibit
            ).all
        record.metrics += (watched + turns).flatMap(\.metrics)
        record.notes += (watched + turns).compactMap(\.note)
        record.verdicts =
            EvaluateVerdicts(
                spec: spec, reports: reports, record: record,
                disturbed: Set(watched.filter { !$0.certificate.findings.isEmpty }.map(\.labels))
            ).all
        var archive = RecordArchive(record)
        for (_, samples) in series { archive.attach(samples) }
        return archive
    }

    private func ingredients(_ reports: [ModelReport]) throws -> [Ingredient] {
        var ingredients = reports.flatMap(\.model.ingredients)
        if let data {
            ingredients.append(
                Ingredient(.data, name: spec.title, digest: try data.set.contentHash()))
        }
        ingredients += stacks.compactMap(\.ingredient)
        if data != nil { ingredients += DecoderFiles.ingredients }
        return ingredients
    }

    /// What a reader should know about each stack and sample.
    private func notes(_ report: ModelReport) -> [String] {
        var notes = report.stacks.compactMap { stack -> String? in
            guard let identity = stack.identity, let options = stack.options else { return nil }
            var words = [
                identity.build, options.device == .cpu ? "" : "on \(options.device)", options.precision.rawValue,
                options.threads == 1 ? "1 thread" : "\(options.threads) threads",
                options.spinning ? "spinning" : "not spinning",
                options.flushDenormals ? "denormals flushed" : "denormals kept", "optimisation \(options.optimization)",
            ].filter { !$0.isEmpty }
            if let instructions = identity.instructionSet { words.append(instructions) }
            if let route = stack.route { words.append("run by \(route)") }
            return "\(stack.title): " + words.joined(separator: ", ")
        }
        notes += report.model.formNotes(stacks)
        notes += report.unreadable.map { "left unanswered: \($0)" }
        return notes
    }
}

import Foundation
import Records

/// Times a record's figures by carrying its study out: every variant again and again, by turns.
struct StudyTimer: VariantTimer {
    private var runs: ReplayRuns
    private let spec: ReplaySpec
    private let names: [String]
    /// The figures that the record has.
    let cells: [TimedCell]
    /// The places of the cells among the figures.
    private let places: [Place]
    /// What was run side by side, by what was asked: a list of variants a repetition.
    private var known: [[String]: [[RecordArchive]]] = [:]

    /// What answers about figures are gathered under.
    static let observable = "figures"
    /// Fewer repetitions give no interval that is of use.
    private static let leastRepetitions = 3

    /// A figure by its name and its place among those of that name: stacks have other titles when they are changed.
    private struct Place: Hashable {
        let name: String
        let index: Int
    }

    init(_ runs: ReplayRuns, _ spec: ReplaySpec, names: [String]) {
        self.runs = runs
        self.spec = spec
        self.names = names
        let record = runs.scene.recorded.record
        let figures = Self.figures(record, of: runs.scene.recorded.question)
        let present = figures.filter { ($0.metric.value ?? 0) > 0 }
        places = present.map(\.place)
        cells = present.map { figure in
            let metric = figure.metric
            let labels = metric.labels.sorted { $0.key < $1.key }.map(\.value)
            return TimedCell(
                observable: Self.observable, words: "\(metric.name) of \(labels.joined(separator: ", "))",
                metric: "replay.figure", labels: metric.labels.merging(["figure": metric.name]) { $1 },
                recorded: metric.quantity)
        }
    }

    private static func figures(
        _ record: Record, of question: any ReplayableStudy
    ) -> [(place: Place, metric: Metric)] {
        var counts: [String: Int] = [:]
        return record.metrics.filter(question.isFigure).map { metric in
            counts[metric.name, default: 0] += 1
            return (Place(name: metric.name, index: counts[metric.name] ?? 1), metric)
        }
    }

    mutating func times(of sets: [UInt64], cell: Int, precision: Double?) async throws -> VariantTimes? {
        var asked: [String] = []
        var distinct: [Set<String>] = []
        var variants: [UInt64: Int] = [:]
        for set in sets {
            let chosen = Shares.chosen(set, of: names)
            let key = try runs.key(here: chosen)
            if !asked.contains(key) {
                asked.append(key)
                distinct.append(chosen)
            }
            variants[set] = asked.firstIndex(of: key)
        }
        if known[asked] == nil { known[asked] = try await repeated(distinct) }
        let repetitions = known[asked] ?? []
        let quantities = distinct.indices.map { index in repetitions.map { quantity(of: cell, $0[index].record) } }
        let logarithms = quantities.map { $0.compactMap { $0.map { log($0.value) } } }
        guard logarithms.allSatisfy({ !$0.isEmpty && $0.count == repetitions.count }) else { return nil }
        return VariantTimes(
            logarithms: logarithms, variants: variants,
            half: quantities.first?.first.flatMap { $0?.interval?.halfLogarithm })
    }

    private func quantity(of cell: Int, _ record: Record) -> Quantity? {
        let figures = Self.figures(record, of: runs.scene.recorded.question)
        let quantity = figures.first { $0.place == places[cell] }?.metric.quantity
        return quantity.flatMap { $0.value > 0 && $0.value.isFinite ? $0 : nil }
    }

    /// Carries variants out by turns until the budget is used; what is the same at both ends was run already.
    private mutating func repeated(_ variants: [Set<String>]) async throws -> [[RecordArchive]] {
        guard variants.count > 1 else { return [[try await runs.archive(here: variants.first ?? [])]] }
        var turns = SeededTurns(seed: spec.seed)
        var repetitions: [[RecordArchive]] = []
        let begin = ContinuousClock.now
        var longest = Duration.zero
        let least = min(Self.leastRepetitions, spec.processes)
        while repetitions.count < spec.processes {
            guard repetitions.count < least || begin.duration(to: .now) + longest <= spec.budget else { break }
            let start = ContinuousClock.now
            var archives: [Int: RecordArchive] = [:]
            for index in turns.next(Array(variants.indices)) {
                archives[index] = try await runs.run(here: variants[index])
                guard !Task.isCancelled else { return repetitions }
            }
            repetitions.append(variants.indices.compactMap { archives[$0] })
            longest = max(longest, start.duration(to: .now))
            runs.context.progress.report(.advanced(done: repetitions.count, of: spec.processes))
        }
        return repetitions
    }
}

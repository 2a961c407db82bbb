import Foundation
import Measurement
public import Records
public import Specs

/// Compares what records hold.
///
/// Records were not made side by side. One a side tells nothing of how far two sessions of the same thing lie apart, so the
/// interval is widened by a drift that the user states; several a side are units by themselves. Stacks of one record took
/// turns and are compared as such.
public struct CompareRecords: Sendable {
    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// One side: the series of one model on one stack, one from each record.
    private struct Side {
        var title: String
        var model: String
        var stack: String
        /// The record's place among the words of the user.
        var source: Int
        /// Session, process, round, run.
        var sessions: [[[[Int64]]]]
        var machines: Set<String>
        /// The first word of the stack's title.
        var engine: Substring { stack.prefix { $0 != " " && $0 != "," } }
    }

    /// Compares; the first side of each kind is the one that the others are compared with.
    ///
    /// - Parameter records: one list a side, or a single record with several stacks.
    /// - Throws: `StudyError` of code `side` where nothing can be compared.
    public func run(
        _ records: [[RecordArchive]], _ spec: CompareSpec, effective: SpecValue
    ) throws -> (RecordArchive, CompareFindings) {
        try spec.checkGates()
        let all = records.enumerated().flatMap { sides(of: $1, source: $0, isOnly: records.count == 1) }
        let pairs = Self.pairs(all, isOnly: records.count == 1)
        guard !pairs.isEmpty else { throw Self.nothingToCompare(all) }
        var findings = CompareFindings(
            sides: all.map { side in
                var made = CompareFindings.Side(title: side.title, model: side.model, stack: side.stack)
                made.processes = side.sessions.flatMap(\.self)
                for statistic in spec.allStatistics { made.figures[statistic] = entry(side).figure(statistic) }
                return made
            })
        let judge = CompareJudge(spec: spec)
        for statistic in spec.allStatistics {
            findings.comparisons += judge.comparisons(
                statistic, pairs.map { candidate(statistic, all, $0.0, over: $0.1, spec) })
        }
        findings.gates = judge.gates(findings)
        findings.notes = notes(all, spec, isOnly: records.count == 1)
        let ingredients = records.flatMap { $0.flatMap { $0.record.ingredients } }
        let builder = CompareRecord(
            spec: spec, effective: effective, findings: findings, context: context, ingredients: ingredients,
            lock: .object([:]))
        return (try builder.build(), findings)
    }

    // MARK: - Sides

    private func sides(of archives: [RecordArchive], source: Int, isOnly: Bool) -> [Side] {
        var sides: [Side] = []
        for archive in archives {
            // Fresh processes tell more than the rounds of one.
            let names = ["contest", "latency", "time.run"]
            let chosen = names.first { name in archive.record.series.contains { $0.name == name } }
            for series in archive.record.series where series.name == chosen {
                guard let processes = archive.processes(of: series) else { continue }
                let model = series.labels[Label.model] ?? ""
                let stack = series.labels[Label.stack] ?? ""
                let machine = archive.record.machine.computing
                if let index = sides.firstIndex(where: { $0.model == model && $0.stack == stack }) {
                    sides[index].sessions.append(processes)
                    sides[index].machines.insert(machine)
                } else {
                    sides.append(
                        Side(
                            title: "", model: model, stack: stack, source: source, sessions: [processes],
                            machines: [machine]))
                }
            }
        }
        let oneModel = Set(sides.map(\.model)).count == 1
        let record = archives.map(\.record.id.rawValue).joined(separator: "+")
        return sides.map { side in
            var side = side
            side.title =
                (oneModel ? side.stack : "\(side.model) on \(side.stack)") + (isOnly ? "" : " (\(record))")
            return side
        }
    }

    /// Which side is compared with which: in one record all with the first of their model; the only one of a record with the
    /// only one of the first; else those of one model and stack, or engine, with the first record's.
    private static func pairs(_ sides: [Side], isOnly: Bool) -> [(Int, Int)] {
        let isSingle = Dictionary(grouping: sides, by: \.source).allSatisfy { $1.count == 1 }
        return sides.indices.compactMap { index in
            let side = sides[index]
            let others = sides.indices.filter { (isOnly || sides[$0].source == 0) && $0 != index }
            let first: Int?
            if isOnly {
                first = others.first { sides[$0].model == side.model && $0 < index }
            } else if side.source == 0 {
                first = nil
            } else if isSingle {
                first = others.first
            } else {
                let same = others.filter { sides[$0].model == side.model }
                let kin = same.filter { sides[$0].engine == side.engine }
                first = same.first { sides[$0].stack == side.stack } ?? (kin.count == 1 ? kin.first : nil)
            }
            return first.map { (index, $0) }
        }
    }

    private static func nothingToCompare(_ sides: [Side]) -> StudyError {
        StudyError(
            .side, subject: "records",
            reason: sides.count < 2
                ? "they hold \(sides.count) series of run times"
                : "no model on a stack is in both: " + sides.map(\.title).joined(separator: "; "),
            remedy: "compare records of one model and stack, or records with one stack each")
    }

    /// The sessions as processes of one contest; with one process its rounds are the units.
    private func entry(_ side: Side) -> ContestEntry {
        var entry = ContestEntry(title: side.title)
        entry.processes = Self.units(side.sessions)
        return entry
    }

    private static func units(_ sessions: [[[[Int64]]]]) -> [[[Int64]]] {
        if sessions.count > 1 { return sessions.map { $0.flatMap(\.self) } }
        let processes = sessions.first ?? []
        if processes.count > 1 { return processes }
        let rounds = processes.first ?? []
        if rounds.count > 1 { return rounds.map { [$0] } }
        // Nothing is known of rounds: blocks of runs, whose neighbours depend on each other much less than runs do.
        let runs = rounds.first ?? []
        let length = max(runs.count / 20, 1)
        return stride(from: 0, to: runs.count - runs.count % length, by: length).map {
            [Array(runs[$0..<($0 + length)])]
        }
    }

    // MARK: - Ratios

    private func candidate(
        _ statistic: ComparedStatistic, _ sides: [Side], _ index: Int, over first: Int, _ spec: CompareSpec
    ) -> CompareJudge.Candidate {
        var candidate = CompareJudge.Candidate(side: index, against: first)
        let (above, below) = (entry(sides[index]), entry(sides[first]))
        if sides[index].source == sides[first].source {
            let ratio = ContestRatio(statistic, above, over: below)
            candidate.estimate = ratio?.estimate
            candidate.logarithms = ratio?.logarithms ?? []
        } else {
            candidate.estimate = Self.independent(statistic, above, below)
            let hasSessions = sides[index].sessions.count > 1 && sides[first].sessions.count > 1
            candidate.drift = hasSessions ? 0 : spec.drift
            if !hasSessions {
                candidate.obstacle = "one session a side; run them side by side, or give several records a side"
            }
        }
        if candidate.estimate == nil { candidate.obstacle = "the records hold too little for this statistic" }
        return candidate
    }

    /// A ratio of sides that did not take turns: their units are independent.
    private static func independent(
        _ statistic: ComparedStatistic, _ above: ContestEntry, _ below: ContestEntry
    ) -> RatioEstimate? {
        let measure: ([[[Double]]]) -> Double
        switch statistic {
        case .median, .p90, .p99:
            let probability = statistic.probability ?? 0.5
            guard QuantileEstimate(probability, of: above.samples) != nil,
                QuantileEstimate(probability, of: below.samples) != nil
            else { return nil }
            measure = HierarchicalBootstrap.quantile(probability)
        case .mean: measure = HierarchicalBootstrap.mean
        case .throughput: measure = { 1 / HierarchicalBootstrap.mean($0) }
        case .loadTime, .peakMemory: return nil
        }
        return above.ratio(of: measure, over: below)
    }

    private func notes(_ sides: [Side], _ spec: CompareSpec, isOnly: Bool) -> [String] {
        guard !isOnly else { return ["The stacks of one record took turns on one machine."] }
        var notes = ["Records are not made side by side: what the machine did between them is part of the ratio."]
        if sides.contains(where: { $0.sessions.count == 1 }) {
            notes.append(
                "One session a side tells nothing of how far two sessions of one thing lie apart: intervals are widened by "
                    + "\(CompareFindings.Comparison.percent(spec.drift)) to either side (--drift).")
        }
        if Set(sides.flatMap(\.machines)).count > 1 {
            notes.append("The records come from different machines: the ratio is one of machines as well.")
        }
        return notes
    }
}

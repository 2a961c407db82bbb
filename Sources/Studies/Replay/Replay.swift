import Engines
import Foundation
public import Records

/// The study behind `assay records replay`: carries a recorded study out again and says whether it came out again, and if
/// not, what explains that.
///
/// Two ends are compared: everything as it was recorded, so far as it can be had here (model bytes by hash, engine builds by the
/// lock, values of the spec), and everything as it is here. What differs between them by content are the candidates; whether one
/// matters is measured, by swapping: a share of the difference is what goes away when the ingredient is put back. What stays with
/// everything put back lies in what cannot be swapped: the processor, a decoder, the system.
public struct Replay: Sendable {
    /// The name of the study in records.
    public static let name = "replay"

    private let context: StudyContext
    private let sources: ReplaySources

    /// Makes the study.
    public init(_ context: StudyContext, sources: ReplaySources) {
        self.context = context
        self.sources = sources
    }

    /// Replays a record.
    ///
    /// A cancelled study gives what it has found so far, marked as partial.
    /// - Throws: `StudyError` of code `cannotReplay` for a record that cannot be carried out again, and the errors of
    ///   the study.
    public func run(_ archive: RecordArchive, _ spec: ReplaySpec) async throws -> RecordArchive {
        let recorded = try RecordedStudy(archive)
        var scene = try ReplayScene.set(recorded, asked: spec, context: context, sources: sources)
        var runs = ReplayRuns(scene, context: context, sources: sources)
        let names = scene.candidates.filter(\.reachesEngine).map(\.name)
        guard names.count <= Shares.most else {
            throw StudyError(
                .cannotReplay, subject: "--set",
                reason: "\(names.count) ingredients differ, and at most \(Shares.most) can be told apart",
                remedy: "change fewer values at once")
        }
        guard spec.times || recorded.question.keepsOutputs else {
            throw StudyError(
                .cannotReplay, subject: "--no-times",
                reason: "all that a record of '\(recorded.record.study)' has to come out again depends on time",
                remedy: "leave it out")
        }
        context.progress.report(.began("the record here"))
        let here = try await runs.archive(here: Set(scene.candidates.map(\.name)))
        scene.ingredients += ReplayFiles(recorded: recorded.record, here: here.record).ingredients
        let observation = runs.observation(here, against: archive)
        var findings = ReplayFindings(scene: scene, asked: spec, here: here, observation: observation)
        if (observation.bits ?? 0) > 0, !Task.isCancelled {
            let again = try await runs.run(here: Set(scene.candidates.map(\.name)))
            findings.repetition = runs.observation(again, against: here)
        }
        try await explain(&findings, names, &runs)
        if spec.times, !Task.isCancelled, let timer = recorded.question.timer(runs, spec, names: names) {
            var timing = ReplayTiming(timer: timer, spec: spec, names: names, progress: context.progress)
            findings.cells = try await timing.run()
            findings.causes += findings.cells.compactMap(\.cause)
        }
        findings.isPartial = Task.isCancelled || here.record.isPartial
        return try ReplayRecord(findings: findings, context: context).build()
    }

    /// Swaps ingredients, where anything differs that does not depend on time.
    private func explain(_ findings: inout ReplayFindings, _ names: [String], _ runs: inout ReplayRuns) async throws {
        let differing = Observable.allCases.filter { ($0.value(findings.observation) ?? 0) > 0 }
        guard !differing.isEmpty else { return }
        let sets = Shares.sets(of: names.count)
        var seen: [UInt64: ReplayObservation] = [:]
        context.progress.report(.began("one swap at a time"))
        for (done, set) in sets.enumerated() {
            guard !Task.isCancelled else { return }
            let chosen = Shares.chosen(set, of: names)
            let observation = try await runs.observation(here: chosen)
            seen[set] = observation
            findings.runs.append(ReplayFindings.Run(here: names.filter(chosen.contains), observation: observation))
            context.progress.report(.advanced(done: done + 1, of: sets.count))
        }
        for observable in differing {
            guard let shares = Shares(of: names.count, value: { seen[$0].flatMap(observable.value) }) else { continue }
            findings.causes.append(ReplayCause(observable: observable.rawValue, names: names, shares: shares))
        }
    }
}

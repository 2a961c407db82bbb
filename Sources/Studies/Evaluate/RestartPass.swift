import Assets
import Engines
import Measurement

/// Compares the stacks that ran to the end in fresh processes that take turns in short bursts: the rounds before were runs of
/// one process each, and tell nothing of what differs from process to process.
struct RestartPass: Sendable {
    let model: ResolvedModel
    let stacks: [PreparedStack]
    let spec: EvaluateSpec
    let launcher: Launcher
    let progress: StudyProgress

    /// The share up to which two stacks count as the same.
    static let margin = 0.02
    /// The confidence that stacks which are equal are not called different.
    static let level = 0.98

    /// Compares; the fastest by its rounds comes first.
    ///
    /// Empty where there is nothing to compare, or where loading the stacks alone takes longer than the time given.
    func run(_ inputs: [NamedTensor], _ report: ModelReport) async -> [ContestEntry] {
        let timed = report.completed.compactMap { stack in
            Selection.median(of: stack.rounds.flatMap(\.self)).map { (stack, $0) }
        }.sorted { $0.1 < $1.1 }.map(\.0)
        let loading = timed.reduce(Duration.zero) { $0 + ($1.loadTime ?? .zero) }
        guard timed.count > 1, spec.contest > .zero, loading < spec.contest, !Task.isCancelled else { return [] }
        progress.report(.began("\(model.name), fresh processes"))
        let contest = Contest(
            plan: ContestPlan(
                budget: spec.contest, seed: spec.seed, precision: Self.margin / 2, level: Self.level),
            limits: spec.limits, launcher: launcher, progress: progress)
        return await contest.run(
            timed.map { stack in
                Contender(title: stack.title, stack: stacks[stack.index], model: model, inputs: inputs)
            })
    }
}

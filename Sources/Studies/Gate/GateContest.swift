import Assets
import Engines
import Measurement
import Records
import Specs

/// The candidates of a gate file side by side with their baseline: fresh processes that take turns, as `assay compare`.
struct GateContest: Sendable {
    /// Candidates that share a baseline; that one comes first.
    private struct Group: Sendable {
        var contenders: [Contender]
        var spec: CompareSpec
    }

    /// What the contests found.
    struct Findings: Sendable {
        /// A record of each contest.
        var archives: [RecordArchive] = []
        /// The gates on every candidate that they speak of.
        var gates: [GateResult] = []
    }

    private let groups: [Group]
    private let gates: [Gate]
    private let stacks: [PreparedStack]
    private let context: StudyContext

    /// Reads the models and makes the stacks ready.
    ///
    /// - Throws: the error of the module whose rule the user's input breaks; `StudyError` of code `side` where the baseline
    ///   is the only candidate.
    init(_ spec: GateSpec, beside baseline: GateBaseline, gates: [Gate], context: StudyContext) throws {
        var other = spec.evaluation
        other.models = other.models.map { $0.replaced(by: baseline.model) }
        let evaluate = Evaluate(context)
        let data = try spec.evaluation.data.map { try evaluate.open($0, seed: spec.evaluation.seed) }
        let candidates = try evaluate.openModels(spec.evaluation, data: data)
        let baselines = baseline.model == nil ? candidates : try evaluate.openModels(other, data: data)
        let stacks = try spec.evaluation.stacks.map { try context.stack($0) }.withDistinctTitles
        let stack = try baseline.stack.map { try context.stack($0) }
        var groups: [Group] = []
        for (candidate, opened) in zip(candidates, baselines) {
            let own = try FirstInputs(candidate, spec: spec.evaluation, data: data?.set).inputs
            let inputs = baseline.model == nil ? own : try FirstInputs(opened, spec: other, data: data?.set).inputs
            func title(_ stack: PreparedStack, _ model: ResolvedModel) -> String {
                candidates.count > 1 || baseline.model != nil ? "\(model.name) on \(stack.title)" : stack.title
            }
            // One stack for the baseline is one contest with all candidates; else every stack has one of its own.
            for (base, sides) in stack.map({ [($0, stacks)] }) ?? stacks.map({ ($0, [$0]) }) {
                let others = sides.filter {
                    candidate.model.digest != opened.model.digest || !$0.computesAs(base)
                }
                guard !others.isEmpty else { continue }
                let first = Contender(
                    title: "baseline " + title(base, opened.model), stack: base, model: opened.model, inputs: inputs)
                let contenders = others.map {
                    Contender(
                        title: candidates.count > 1 ? title($0, candidate.model) : $0.title, stack: $0,
                        model: candidate.model, inputs: own)
                }
                groups.append(Group(contenders: [first] + contenders, spec: CompareSpec()))
            }
        }
        guard !groups.isEmpty else {
            throw StudyError(
                .side, subject: "baseline", reason: "it is the candidate itself: the same model on the same stack",
                remedy: "name another model or stack under 'baseline'")
        }
        self.groups = groups.map { group in
            var group = group
            group.spec = Self.comparison(spec, baseline, group.contenders, among: groups.count)
            group.spec.gates = gates.filter { gate in group.contenders.dropFirst().contains { gate.speaks(of: $0) } }
            return group
        }.filter { !$0.spec.gates.isEmpty }
        self.gates = gates
        self.stacks = stacks + [stack].compactMap(\.self)
        self.context = context
    }

    /// Every contest has its share of the chance to be wrong (Bonferroni); within one, Holm's procedure shares it out.
    private static func comparison(
        _ spec: GateSpec, _ baseline: GateBaseline, _ contenders: [Contender], among count: Int
    ) -> CompareSpec {
        var comparison = CompareSpec()
        comparison.title = contenders.map(\.title).joined(separator: ", ")
        comparison.sides = contenders.map { contender in
            var side = CompareSide(contender.model.name, contender.stack.request)
            side.name = contender.title
            return side
        }
        comparison.statistics = []
        comparison.level = 1 - (1 - spec.level) / Double(count)
        comparison.budget = baseline.budget
        comparison.processes = baseline.processes
        comparison.seed = spec.evaluation.seed
        comparison.limits = spec.evaluation.limits
        return comparison
    }

    /// Runs the contests, one after the other.
    ///
    /// - Throws: `RecordError`.
    func run() async throws -> Findings {
        var found = Findings()
        let compare = Compare(context)
        for group in groups where !Task.isCancelled {
            let (archive, findings) = try await compare.run(
                group.contenders, stacks: stacks, group.spec, effective: CompareSpec.spec.effective(group.spec))
            found.archives.append(archive)
            found.gates += findings.gates
        }
        for gate in gates where !found.gates.contains(where: { $0.gate == gate }) {
            let reason = Task.isCancelled ? "it was interrupted" : "there is no such candidate beside the baseline"
            found.gates.append(GateResult(gate, subject: gate.stack ?? "every side", nil, reason: reason))
        }
        return found
    }
}

extension RecordArchive {
    /// Takes in what contests beside a baseline found: ratios, outcomes of what failed, drawings and samples.
    mutating func takeIn(_ contests: [RecordArchive]) {
        for (index, contest) in contests.enumerated() {
            let suffix = contests.count > 1 ? "-\(index + 1)" : ""
            record.metrics += contest.record.metrics.filter { $0.labels["against"] != nil }
            record.outcomes += contest.record.outcomes.filter { !$0.isCompleted }
            record.exhibits += contest.record.exhibits.filter { $0.name != "gates" }.map { exhibit in
                var exhibit = exhibit
                exhibit.name = "baseline-\(exhibit.name)\(suffix)"
                exhibit.title += contests.count > 1 ? ": \(contest.record.title)" : ", beside the baseline"
                return exhibit
            }
            for series in contest.record.series {
                guard let processes = contest.processes(of: series) else { continue }
                add("baseline", processes: processes, labels: series.labels)
            }
            for ingredient in contest.record.ingredients where !record.ingredients.contains(ingredient) {
                record.ingredients.append(ingredient)
            }
            record.notes += contest.record.notes.filter { !record.notes.contains($0) }
            record.isPartial = record.isPartial || contest.record.isPartial
        }
    }
}

extension Gate {
    /// Whether it speaks of a contender.
    fileprivate func speaks(of contender: Contender) -> Bool {
        speaks(of: contender.title) || speaks(of: contender.stack.title)
    }
}

extension ModelSpec {
    /// The same with another model in its place; itself for `nil`.
    fileprivate func replaced(by model: String?) -> ModelSpec {
        guard let model else { return self }
        var spec = self
        spec.model = model
        spec.name = nil
        return spec
    }
}

extension PreparedStack {
    /// Whether the same build computes in the same way.
    fileprivate func computesAs(_ other: PreparedStack) -> Bool {
        request.engine == other.request.engine && request.options == other.request.options
            && request.environment == other.request.environment && build == other.build
            && libraries == other.libraries && version == other.version
    }
}

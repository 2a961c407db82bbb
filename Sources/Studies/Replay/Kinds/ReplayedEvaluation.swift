import Engines
import Records
import Specs

/// An evaluation, whose records keep inputs, outputs and answers by content.
struct ReplayedEvaluation: ReplayableStudy {
    static let name = Evaluate.name
    static let form = EvaluateSpec.spec
    static let idleKeys: Set = ["title", "tolerance", "measure"]
    static let deciding = Observable.outputs.rawValue

    let spec: EvaluateSpec

    var models: [String] { spec.models.map(\.model) }
    var stacks: [StackRequest] { spec.stacks }
    var extent: [Int] { [spec.models.count, spec.stacks.count] }
    var tolerance: Double? { spec.tolerance }

    init(_ spec: EvaluateSpec) { self.spec = spec }

    func isWhole(_ record: Record) -> Bool { record.outcomes.count == spec.models.count * spec.stacks.count }

    func isFigure(_ metric: Metric) -> Bool { metric.name == "latency.median" }

    func run(in context: StudyContext) async throws -> RecordArchive {
        var spec = spec
        spec.measure.enabled = false
        return try await Evaluate(context).run(spec, effective: Self.form.effective(spec))
    }

    func timer(_ runs: ReplayRuns, _ asked: ReplaySpec, names: [String]) -> (any VariantTimer)? {
        spec.measure.enabled ? ContestTimer(runs, self, asked, names: names) : nil
    }
}

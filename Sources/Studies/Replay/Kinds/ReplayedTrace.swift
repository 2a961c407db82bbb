import Engines
import Records
import Specs

/// Where the time of a model goes, level by level.
struct ReplayedTrace: ReplayableStudy {
    static let name = Trace.name
    static let form = TraceSpec.spec
    static let stackPlaces = [SpecPath([.key("evaluation"), .key("stacks"), .all])]
    static let idleKeys = ReplayedEvaluation.idleKeys.union([
        "levels", "processes", "rounds", "burst", "warmup", "runs", "samples", "shown", "power",
    ])

    let spec: TraceSpec

    init(_ spec: TraceSpec) { self.spec = spec }

    var models: [String] { spec.evaluation.models.map(\.model) }
    var stacks: [StackRequest] { spec.evaluation.stacks }

    static func keys(_ keys: [String]) -> [String] {
        keys.first == "evaluation" ? Array(keys.dropFirst()) : keys
    }

    func isFigure(_ metric: Metric) -> Bool { ["latency.median", "layers.time"].contains(metric.name) }

    func run(in context: StudyContext) async throws -> RecordArchive {
        try await Trace(context).run(spec, effective: Self.form.effective(spec)).archive
    }
}

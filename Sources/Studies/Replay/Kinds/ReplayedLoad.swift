import Engines
import Measurement
import Records
import Specs

/// A model under the load of scenarios.
struct ReplayedLoad: ReplayableStudy {
    static let name = Load.name
    static let form = LoadSpec.spec
    static let idleKeys: Set = [
        "precision", "duration", "queries", "longest", "rounds", "warmup", "lateness", "kept",
    ]

    let spec: LoadSpec

    init(_ spec: LoadSpec) { self.spec = spec }

    var models: [String] { [spec.model] }
    var stacks: [StackRequest] { spec.stacks }

    static func keys(_ keys: [String]) -> [String] {
        keys == ["model"] || keys.first == "preprocess" ? ["models"] + keys : keys
    }

    func isFigure(_ metric: Metric) -> Bool {
        [
            "load.throughput", "load.highest-rate", "latency.response.p50",
            "latency.response." + LatencySummary.Percentile.name(spec.judged),
        ].contains(metric.name)
    }

    func run(in context: StudyContext) async throws -> RecordArchive {
        try await Load(context).run(spec, effective: Self.form.effective(spec))
    }
}

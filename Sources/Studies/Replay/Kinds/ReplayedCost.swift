import Engines
import Records
import Specs

/// From which configuration on systems beat a single thread.
struct ReplayedCost: ReplayableStudy {
    static let name = Cost.name
    static let form = CostSpec.spec
    static let stackPlaces = ["stacks", "against"].map { SpecPath([.key($0), .all]) }
    static let idleKeys: Set = [
        "longest", "processes", "rounds", "burst", "warmup", "level", "prices", "currency", "power",
    ]

    let spec: CostSpec

    init(_ spec: CostSpec) { self.spec = spec }

    var models: [String] { [spec.model] }
    var stacks: [StackRequest] { spec.stacks + spec.against }

    static func refusal(_ tree: JSONValue) -> (reason: String, remedy: String)? {
        guard let table = tree["table"]?.string else { return nil }
        return (
            "it answers from a table of published measurements, and nothing was run for it",
            "ask the table again: `assay cost --table \(table)`"
        )
    }

    static func keys(_ keys: [String]) -> [String] {
        if keys == ["model"] { return ["models", "model"] }
        return keys.first == "against" ? ["stacks"] + keys.dropFirst() : keys
    }

    func isFigure(_ metric: Metric) -> Bool { ["cost.throughput", "cost.ratio"].contains(metric.name) }

    func run(in context: StudyContext) async throws -> RecordArchive {
        try await Cost(context).run(spec, effective: Self.form.effective(spec))
    }
}

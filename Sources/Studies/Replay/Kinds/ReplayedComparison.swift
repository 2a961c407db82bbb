import Engines
import Records
import Specs

/// A comparison of sides that were run side by side.
struct ReplayedComparison: ReplayableStudy {
    static let name = Compare.name
    static let form = CompareSpec.spec
    static let stackPlaces = [SpecPath([.key("sides"), .all, .key("stack")])]
    static let idleKeys: Set = [
        "title", "margin", "level", "precision", "budget", "processes", "rounds", "burst", "warmup", "drift", "gates",
    ]

    let spec: CompareSpec

    init(_ spec: CompareSpec) { self.spec = spec }

    /// Each once: sides share their models.
    var models: [String] { spec.sides.map(\.model).uniqued() }
    var stacks: [StackRequest] { spec.sides.map(\.stack) }

    static func refusal(_ tree: JSONValue) -> (reason: String, remedy: String)? {
        guard tree["sides"]?.array?.isEmpty == true else { return nil }
        return (
            "it compares records, and nothing was run for it",
            "compare the records again, `assay compare A.json B.json`, or replay one of them"
        )
    }

    static func keys(_ keys: [String]) -> [String] {
        guard keys.first == "sides", let key = keys.dropFirst().first else { return keys }
        switch key {
        case "stack": return ["stacks"] + keys.dropFirst(2)
        case "model", "name": return ["models"] + keys.dropFirst()
        default: return Array(keys.dropFirst())
        }
    }

    func isFigure(_ metric: Metric) -> Bool {
        spec.allStatistics.contains { metric.name == $0.rawValue || metric.name == $0.rawValue + ".ratio" }
    }

    func run(in context: StudyContext) async throws -> RecordArchive {
        try await Compare(context).run(spec, effective: Self.form.effective(spec)).0
    }
}

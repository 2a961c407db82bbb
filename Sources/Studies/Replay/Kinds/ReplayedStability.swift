import Engines
import Records
import Specs

/// One model over engines, versions and settings, whose records keep the outputs of every cell by content.
struct ReplayedStability: ReplayableStudy {
    static let name = Stability.name
    static let form = StabilitySpec.spec
    static let idleKeys: Set = [
        "tolerance", "lastBits", "reference", "firstNodes", "duration", "repeats", "processes",
    ]
    static let deciding = Observable.outputs.rawValue

    let spec: StabilitySpec

    init(_ spec: StabilitySpec) { self.spec = spec }

    /// Each once: a record lists equal files once.
    var models: [String] { ([spec.model] + spec.variants).uniqued() }
    var stacks: [StackRequest] { spec.stacks }
    var extent: [Int] { [spec.variants.count + 1, spec.stacks.count] }
    var tolerance: Double? { spec.tolerance }

    static func keys(_ keys: [String]) -> [String] {
        switch keys.first {
        case "model", "variants": ["models", "model"]
        case "preprocess", "constants", "joining": ["models"] + keys
        default: keys
        }
    }

    func isFigure(_ metric: Metric) -> Bool { metric.name == "stability.time" }

    /// Where cells part is no part of what came out.
    func run(in context: StudyContext) async throws -> RecordArchive {
        var spec = spec
        spec.firstNodes = 0
        return try await Stability(context).run(spec, effective: Self.form.effective(spec))
    }

    func timer(_ runs: ReplayRuns, _ asked: ReplaySpec, names: [String]) -> (any VariantTimer)? {
        spec.duration > .zero ? StudyTimer(runs, asked, names: names) : nil
    }
}

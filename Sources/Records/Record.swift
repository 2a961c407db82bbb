/// Evidence: what was asked, of what, where, and what came out; its JSON form says `"schema": "assay.record/1"`.
public struct Record: Sendable, Hashable {
    /// The schema of the JSON form that this version writes.
    public static let schema = "assay.record/1"

    /// The name, in the order of time.
    public var id: RecordID
    /// The study: `evaluate`, `compare`.
    public var study: String
    /// A title for readers.
    public var title: String
    /// When the study began.
    public var created: Timestamp
    /// The version of Assay.
    public var tool: String
    /// The effective spec: all that was asked, with every default filled in.
    public var spec: JSONValue
    /// The lock: what the spec was resolved to, exactly.
    public var lock: JSONValue
    /// What went in, by content.
    public var ingredients: [Ingredient]
    /// The machine.
    public var machine: Machine
    /// The seed of all that is random.
    public var seed: UInt64
    /// The numbers.
    public var metrics: [Metric]
    /// What there is to look at.
    public var exhibits: [Exhibit]
    /// The answers.
    public var verdicts: [Verdict]
    /// How each stack got through.
    public var outcomes: [Outcome]
    /// The raw samples, by hash.
    public var series: [SampleSeries]
    /// What went through the study, by content, for a later run to compare itself with.
    public var fingerprints: [Fingerprint]
    /// What the reader should know: fallbacks, rewrites, what was left out.
    public var notes: [String]
    /// Whether the study was interrupted before its end.
    public var isPartial: Bool

    /// Makes a record; what it found is added as it is found.
    public init(
        id: RecordID? = nil, study: String, title: String, created: Timestamp = .now, tool: String,
        spec: JSONValue = .object([:]), lock: JSONValue = .object([:]), ingredients: [Ingredient] = [],
        machine: Machine, seed: UInt64
    ) {
        self.id = id ?? RecordID(created: created)
        self.study = study
        self.title = title
        self.created = created
        self.tool = tool
        self.spec = spec
        self.lock = lock
        self.ingredients = ingredients
        self.machine = machine
        self.seed = seed
        metrics = []
        exhibits = []
        verdicts = []
        outcomes = []
        series = []
        fingerprints = []
        notes = []
        isPartial = false
    }
}

extension Record {
    /// The metrics of a name whose labels include the given ones.
    public func metrics(_ name: String, _ labels: Labels = [:]) -> [Metric] {
        metrics.filter { metric in
            metric.name == name && labels.allSatisfy { metric.labels[$0.key] == $0.value }
        }
    }

    /// The only metric of a name and labels; `nil` when there is none or several.
    public func metric(_ name: String, _ labels: Labels = [:]) -> Metric? {
        let found = metrics(name, labels)
        return found.count == 1 ? found[0] : nil
    }

    /// The models that the record is about, in order.
    public var models: [String] { ingredients.filter { $0.role == .model }.map(\.name).uniqued() }

    /// The stacks that took part, in order.
    public var stacks: [String] { (outcomes.map(\.stack) + metrics.compactMap { $0.labels[Label.stack] }).uniqued() }
}

extension Sequence where Element: Hashable {
    /// The elements without repetition, each at its first place.
    package func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

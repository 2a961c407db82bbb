import Engines
import Measurement
import Records
import Specs

/// What a study is asked, read from a record so that it can be asked again.
///
/// A kind of record can be replayed when its study says here how its spec is read, where in it models and stacks lie, how it
/// is carried out, and which of its numbers are to come out again.
protocol ReplayableStudy: Sendable {
    /// The typed form of what is asked.
    associatedtype Spec: Sendable

    /// The name of the study in records.
    static var name: String { get }
    /// The YAML form of the spec.
    static var form: SpecObject<Spec> { get }
    /// Where in the spec stacks lie.
    static var stackPlaces: [SpecPath] { get }
    /// Keys at the top of the spec on which nothing depends that an engine is asked: titles, tolerances, how long is measured.
    static var idleKeys: Set<String> { get }
    /// What decides whether a record came out again: `outputs` where the study keeps them, else `figures`.
    static var deciding: String { get }
    /// Why no record of this spec can be replayed, and what can be done instead; `nil` where that is not known beforehand.
    static func refusal(_ tree: JSONValue) -> (reason: String, remedy: String)?
    /// The keys of a place as an evaluation has them: under `models` and `stacks` where they belong to one.
    static func keys(_ keys: [String]) -> [String]

    /// What is asked.
    var spec: Spec { get }
    /// The references of the models, in the order in which a record lists their files.
    var models: [String] { get }
    /// The stacks, in the order of the spec.
    var stacks: [StackRequest] { get }
    /// How many there are of all that is run: models, stacks, sides.
    var extent: [Int] { get }
    /// How far stacks may differ and still agree; `nil` where the study does not compare outputs.
    var tolerance: Double? { get }

    /// Makes a question.
    init(_ spec: Spec)
    /// Whether a record of it came to its end.
    func isWhole(_ record: Record) -> Bool
    /// Whether a number of the record is one that is to come out again.
    func isFigure(_ metric: Metric) -> Bool
    /// Carries the study out, so far as it does not only time what `timer` times.
    func run(in context: StudyContext) async throws -> RecordArchive
    /// What times variants of the record; `nil` where the record has no times.
    ///
    /// - Parameter names: the candidates that reach an engine, in the order of the bits of a set.
    func timer(_ runs: ReplayRuns, _ asked: ReplaySpec, names: [String]) -> (any VariantTimer)?
}

extension ReplayableStudy {
    static var stackPlaces: [SpecPath] { [SpecPath([.key("stacks"), .all])] }
    static var deciding: String { StudyTimer.observable }
    static func refusal(_ tree: JSONValue) -> (reason: String, remedy: String)? { nil }
    static func keys(_ keys: [String]) -> [String] { keys == ["model"] ? ["models", "model"] : keys }

    var extent: [Int] { [stacks.count] }
    var tolerance: Double? { nil }

    func isWhole(_ record: Record) -> Bool { true }

    func timer(_ runs: ReplayRuns, _ asked: ReplaySpec, names: [String]) -> (any VariantTimer)? {
        StudyTimer(runs, asked, names: names)
    }

    /// Reads an effective spec.
    static func read(_ tree: JSONValue, subject: String) throws(SpecErrors) -> Self {
        Self(try form.decode(tree.pretty, file: subject).value)
    }

    /// The spec in the form that this version writes.
    func effective() throws(RecordError) -> JSONValue { try JSONCoding.value(of: Self.form.effective(spec)) }

    /// Whether its records keep what came out of engines by content.
    var keepsOutputs: Bool { Self.deciding == Observable.outputs.rawValue }

    // MARK: - What places mean

    /// The name of the ingredient to which a place of the spec belongs; places of all models and all stacks that mean the same
    /// share one.
    static func ingredient(of path: SpecPath) -> String {
        let keys = keys(path.keys)
        let rest = keys.dropFirst().joined(separator: ".")
        switch (keys.first, keys.dropFirst().first) {
        case ("stacks", "engine"), ("stacks", "version"): return "engine"
        case ("stacks", "threads"): return "threads"
        case ("stacks", "environment"): return rest
        case ("stacks", _): return "option." + rest
        case ("models", "model"): return "model"
        case ("models", "preprocess"):
            return keys.count > 2 ? keys.dropFirst(2).joined(separator: ".") : "pre-processing"
        case ("models", _): return "model." + rest
        default: return keys.joined(separator: ".")
        }
    }

    /// True for places that no engine and none of its inputs depend on.
    static func isIdle(_ path: SpecPath) -> Bool {
        let keys = keys(path.keys)
        return keys.first.map { idleKeys.contains($0) || $0 == "limits" } ?? false
            || (keys.first == "models" && keys.dropFirst().first == "name")
    }
}

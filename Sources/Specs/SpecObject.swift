/// An object of a spec, declared once: the declaration reads it, writes the effective spec, and makes documentation and
/// JSON Schema.
///
/// ```swift
/// struct Scenario: Sendable {
///     var warmup = Duration.milliseconds(500)
///     var samples = 200
///
///     static let spec = SpecObject(
///         "scenario", "How requests are sent.", initial: Scenario(),
///         [
///             SpecField("warmup", \.warmup, .duration, "How long to run before anything is timed."),
///             SpecField("samples", \.samples, .int(1...), "How many runs are timed."),
///         ])
/// }
/// let document = try Scenario.spec.decode("samples: 50", file: "scenario.yaml")
/// document.value.samples  // 50
/// document.effective.yaml  // warmup: "500 ms", samples: 50
/// ```
public struct SpecObject<Root: Sendable>: Sendable {
    /// The name, under which the JSON Schema defines it.
    public let name: String
    /// What it is, in a sentence.
    public let documentation: String
    /// The keys, in the order of the effective spec.
    public let fields: [SpecField<Root>]
    private let initial: Root
    private let rules: [@Sendable (Root) -> SpecViolation?]

    /// Declares an object; `initial` holds the defaults, and placeholders for required keys.
    public init(
        _ name: String, _ documentation: String, initial: Root, _ fields: [SpecField<Root>],
        rules: [@Sendable (Root) -> SpecViolation?] = []
    ) {
        self.name = name
        self.documentation = documentation
        self.initial = initial
        self.fields = fields
        self.rules = rules
    }

    /// The type of the object, to be used in other declarations.
    public var type: SpecType<Root> {
        SpecType(
            summary: "a map (\(name))", read: { read($0, &$1) }, write: { write($0) }, schema: { reference(&$0) })
    }

    /// The default of a key, as it stands in the effective spec; `nil` for required and unknown keys.
    public func defaultValue(of key: String) -> SpecValue? {
        fields.first { $0.key == key && !$0.isRequired }?.write(initial)
    }

    private func read(_ node: SpecNode, _ problems: inout SpecProblems) -> Root? {
        let entries: [SpecNode.Entry]
        switch node.content {
        case .map(let found): entries = found
        case .scalar(let scalar) where scalar.resolved == .null: entries = []
        default:
            problems.expected("a map (\(name))", at: node, remedy: "known keys are \(keyList)")
            return nil
        }
        let before = problems.errors.count
        var root = initial
        for entry in entries {
            guard let field = fields.first(where: { $0.key == entry.key }) else {
                reportUnknown(entry, in: node, &problems)
                continue
            }
            field.read(entry.value, &problems, &root)
        }
        for field in fields where field.isRequired && !entries.contains(where: { $0.key == field.key }) {
            problems.report(
                .missingKey, at: node, "the key '\(field.key)' is missing",
                remedy: "add '\(field.key)': \(field.summary)")
        }
        guard problems.errors.count == before else { return nil }
        for rule in rules {
            guard let violation = rule(root) else { continue }
            let entry = entries.first { $0.key == violation.key }
            problems.report(
                .invalidValue, mark: entry?.mark ?? node.mark,
                path: violation.key.isEmpty ? node.path : node.path(of: violation.key), violation.reason,
                remedy: violation.remedy)
        }
        return problems.errors.count == before ? root : nil
    }

    private func reportUnknown(_ entry: SpecNode.Entry, in node: SpecNode, _ problems: inout SpecProblems) {
        let hint = Spelling.hint(entry.key, among: fields.map(\.key))
        problems.report(
            .unknownKey, mark: entry.mark, path: node.path, "unknown key '\(entry.key)'",
            remedy: (hint.isEmpty ? "" : hint + " ") + "known keys are \(keyList)")
    }

    private var keyList: String { fields.map(\.key).joined(separator: ", ") }

    private func write(_ root: Root) -> SpecValue {
        .map(fields.map { SpecValue.Pair($0.key, $0.write(root)) })
    }

    func reference(_ definitions: inout SpecDefinitions) -> SpecValue {
        definitions.reference(name) { body(&$0) }
    }

    private func body(_ definitions: inout SpecDefinitions) -> SpecValue {
        var properties: [SpecValue.Pair] = []
        for field in fields {
            var pairs: [SpecValue.Pair] = []
            if case .map(let own) = field.schema(&definitions) { pairs = own }
            pairs.append(.init("description", .string(field.documentation)))
            if !field.isRequired { pairs.append(.init("default", field.write(initial))) }
            properties.append(.init(field.key, .map(pairs)))
        }
        var pairs: [SpecValue.Pair] = [
            .init("type", "object"), .init("description", .string(documentation)),
            .init("properties", .map(properties)),
        ]
        let required = fields.filter(\.isRequired)
        if !required.isEmpty { pairs.append(.init("required", .list(required.map { .string($0.key) }))) }
        pairs.append(.init("additionalProperties", false))
        return .map(pairs)
    }
}

import Graphs
public import Operators
public import Records

/// What the catalogue says of one operator; no engine is needed to know it.
public struct OperatorListing: Sendable, Hashable, Encodable {
    /// The family it is documented under.
    public var family: String
    /// The name, with the domain where that is not the standard one.
    public var name: String
    /// The operator-set versions in which it first stood or changed.
    public var versions: [Int]
    /// Whether some example gives a pullback.
    public var hasGradient: Bool
    /// How closely two correct implementations agree: exact, rounding, accumulation, approximation, random.
    public var agreement: String
    /// The names of its examples.
    public var examples: [String]

    /// Lists one operator.
    ///
    /// - Throws: `OperatorError` where an example breaks the operator's rules.
    public init(_ target: any Operators.Operator) throws(OperatorError) {
        family = target.family.rawValue
        name = target.title
        versions = target.signature.versions
        agreement = String(describing: target.agreement)
        examples = target.examples.map(\.name)
        hasGradient = false
        for example in target.examples where !hasGradient {
            let sites = try ShapeInference().infer(ExampleModel(target, example).model).sites
            hasGradient = sites.contains { ((try? target.pullback($0)) ?? nil) != nil }
        }
    }

    /// Operators as a table, by family.
    public static func table(_ lines: [OperatorListing]) -> Table {
        let order = Dictionary(
            OperatorFamily.allCases.enumerated().map { ($0.element.rawValue, $0.offset) }, uniquingKeysWith: { $1 })
        let sorted = lines.sorted { (order[$0.family] ?? 0, $0.name) < (order[$1.family] ?? 0, $1.name) }
        return Table(
            columns: ["family", "operator", "changed in opset", "gradient", "agreement"].map { Table.Column($0) }
                + [Table.Column("examples", .right)],
            rows: sorted.map { line in
                [
                    .text(line.family), .text(line.name),
                    .text(line.versions.map(String.init).joined(separator: ", ")),
                    .text(line.hasGradient ? "yes" : ""), .text(line.agreement), .text(String(line.examples.count)),
                ]
            })
    }
}

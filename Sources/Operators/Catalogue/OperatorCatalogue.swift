/// Every operator Assay knows, by domain and name.
public struct OperatorCatalogue: Sendable {
    private let byName: [Key: any Operator]

    private struct Key: Hashable {
        let domain: String
        let name: String
    }

    /// Makes a catalogue; of two operators of one name the later wins.
    public init(_ operators: [any Operator]) {
        byName = Dictionary(
            operators.map { (Key(domain: $0.domain, name: $0.name), $0) }, uniquingKeysWith: { _, later in later })
    }

    /// The operator of a domain and name; `ai.onnx` is the standard domain `""`.
    public func find(domain: String, name: String) -> (any Operator)? {
        byName[Key(domain: domain == "ai.onnx" ? "" : domain, name: name)]
    }

    /// Every operator, by domain and then by name.
    public var all: [any Operator] {
        byName.values.sorted { ($0.domain, $0.name) < ($1.domain, $1.name) }
    }
}

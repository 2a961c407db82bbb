import Graphs
import Operators
import Tensors

/// The values of one file of a case: tensors by their places, and what stands at each place.
struct NodeCaseValues {
    private let tensors: [String: Tensor]
    private let entries: [String: String]

    /// Reads a file that `generate.py` wrote.
    ///
    /// - Throws: `GraphError`.
    init(contentsOf path: String) throws(GraphError) {
        let model = try Model(contentsOf: path)
        tensors = Dictionary(
            model.graph.initializers.map { ($0.name, $0.tensor) }, uniquingKeysWith: { first, _ in first })
        entries = Dictionary(model.metadata.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// A number that the file states beside its values.
    func number(_ key: String) -> Double? { entries[key].flatMap(Double.init) }

    /// The value at a place, of the type that the model states; `nil` where the file has none there.
    func value(at place: String, type: ValueType?) -> Value? {
        guard let words = entries[place]?.split(separator: " "), let kind = words.first else { return nil }
        if case .optional(let inner)? = type {
            return .optional(kind == "none" ? nil : value(at: place, type: inner), elementType: inner)
        }
        switch kind {
        case "tensor": return tensors[place].map(Value.tensor)
        case "sequence":
            var stated: ValueType?
            if case .sequence(let element)? = type { stated = element }
            let count = words.count > 1 ? Int(words[1]) ?? 0 : 0
            let elements = (0..<count).compactMap { value(at: "\(place).\($0)", type: stated) }
            return .sequence(elements, elementType: stated ?? elements.first?.type ?? .tensor(.float32, nil))
        default: return .optional(nil, elementType: type ?? .tensor(.float32, nil))
        }
    }
}

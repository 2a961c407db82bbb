import Graphs
import Operators
import Tensors

/// The examples of one operator as models.
enum ExampleSource {
    static func models(of name: String) throws -> [ExampleModel] {
        guard let target = OperatorCatalogue.standard.all.first(where: { $0.name == name }) else { return [] }
        return try target.examples.map { try ExampleModel(target, $0) }
    }
}

/// Compares values of any kind.
enum ValueComparison {
    /// Where two values differ, in words; `nil` where they agree.
    static func difference(_ actual: Value, _ expected: Value, tolerance: Double) -> String? {
        switch (actual, expected) {
        case (.tensor(let a), .tensor(let b)):
            guard a.elementType == b.elementType, a.shape == b.shape else {
                return "\(a.elementType.name)[\(a.shape)] instead of \(b.elementType.name)[\(b.shape)]"
            }
            if a.strings != nil {
                return a.strings == b.strings ? nil : "\(a.strings ?? []) instead of \(b.strings ?? [])"
            }
            let comparison = TensorComparison(
                a, reference: b, tolerance: .elementwise(absolute: tolerance, relative: tolerance, nanEqualsNaN: true))
            return comparison.agrees ? nil : comparison.description
        case (.sequence(let a, _), .sequence(let b, _)):
            guard a.count == b.count else { return "\(a.count) elements instead of \(b.count)" }
            return zip(a, b).lazy.compactMap { difference($0, $1, tolerance: tolerance) }.first
        case (.optional(let a, _), .optional(let b, _)):
            if let a, let b { return difference(a, b, tolerance: tolerance) }
            return a == nil && b == nil ? nil : "one has a value and one has none"
        default: return "\(actual.type) instead of \(expected.type)"
        }
    }
}

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
        difference(actual, expected, .elementwise(absolute: tolerance, relative: tolerance, nanEqualsNaN: true))
    }

    /// Where two values differ, in words; `nil` where they agree.
    static func difference(_ actual: Value, _ expected: Value, _ tolerance: Tolerance) -> String? {
        switch (actual, expected) {
        case (.tensor(let a), .tensor(let b)):
            guard a.elementType == b.elementType, a.shape == b.shape else {
                return "\(a.elementType.name)[\(a.shape)] instead of \(b.elementType.name)[\(b.shape)]"
            }
            if a.strings != nil {
                return a.strings == b.strings ? nil : "\(a.strings ?? []) instead of \(b.strings ?? [])"
            }
            let comparison = TensorComparison(a, reference: b, tolerance: tolerance)
            return comparison.agrees ? nil : comparison.description
        case (.sequence(let a, _), .sequence(let b, _)):
            guard a.count == b.count else { return "\(a.count) elements instead of \(b.count)" }
            return zip(a, b).lazy.compactMap { difference($0, $1, tolerance) }.first
        case (.optional(let a, _), .optional(let b, _)):
            if let a, let b { return difference(a, b, tolerance) }
            return a == nil && b == nil ? nil : "one has a value and one has none"
        default: return "\(actual.type) instead of \(expected.type)"
        }
    }
}

/// Whether an inferred type says nothing false.
enum TypeCompatibility {
    static func holds(_ inferred: ValueType, _ actual: ValueType) -> Bool {
        switch (inferred, actual) {
        case (.tensor(let a, let shape), .tensor(let b, let other)):
            guard a == b, let shape, let other else { return a == b }
            guard shape.dimensions.count == other.dimensions.count else { return false }
            return zip(shape.dimensions, other.dimensions).allSatisfy { $0.value == nil || $0 == $1 }
        case (.sequence(let a), .sequence(let b)), (.optional(let a), .optional(let b)): return holds(a, b)
        default: return inferred == actual
        }
    }
}

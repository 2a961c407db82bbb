import Graphs
import Tensors

/// Joins what two sources say of one value.
enum TypeJoin {
    /// What both say together: the inferred type with unknown parts filled in from the declared one.
    static func refine(_ inferred: ValueType?, by declared: ValueType?) -> ValueType? {
        switch (inferred, declared) {
        case (nil, _): declared
        case (.tensor(let element, let shape), .tensor(_, let stated)):
            .tensor(element, refine(shape, by: stated?.withoutPlaceholders))
        default: inferred
        }
    }

    private static func refine(_ inferred: SymbolicShape?, by declared: SymbolicShape?) -> SymbolicShape? {
        guard let inferred else { return declared }
        guard let declared, declared.dimensions.count == inferred.dimensions.count else { return inferred }
        return SymbolicShape(
            zip(inferred.dimensions, declared.dimensions).map { own, stated in
                own == .unknown && (stated.value ?? 0) >= 0 ? stated : own
            })
    }

    /// What is common to the results of two branches: extents that differ are unknown.
    static func common(_ left: ValueType?, _ right: ValueType?) -> ValueType? {
        guard let left, let right else { return nil }
        if left == right { return left }
        switch (left, right) {
        case (.tensor(let a, let shape), .tensor(let b, let other)) where a == b:
            guard let shape, let other, shape.dimensions.count == other.dimensions.count else { return .tensor(a, nil) }
            return .tensor(a, SymbolicShape(zip(shape.dimensions, other.dimensions).map { $0 == $1 ? $0 : .unknown }))
        case (.sequence(let a), .sequence(let b)): return common(a, b).map { .sequence($0) }
        case (.optional(let a), .optional(let b)): return common(a, b).map { .optional($0) }
        default: return nil
        }
    }
}

import Graphs

/// Arithmetic on the elements of small integer vectors that are only partly known.
enum ElementArithmetic {
    /// Combines two vectors elementwise, stretching a single element; `nil` where one is not known at all.
    static func zip(
        _ left: [Dimension]?, _ right: [Dimension]?, _ function: (Dimension, Dimension) -> Dimension
    ) -> [Dimension]? {
        guard let left, let right else { return nil }
        if left.count == right.count { return Swift.zip(left, right).map(function) }
        if left.count == 1 { return right.map { function(left[0], $0) } }
        if right.count == 1 { return left.map { function($0, right[0]) } }
        return nil
    }

    static func add(_ left: Dimension, _ right: Dimension) -> Dimension {
        switch (left, right) {
        case (.fixed(let a), .fixed(let b)): .fixed(a &+ b)
        case (.fixed(0), let other), (let other, .fixed(0)): other
        default: .unknown
        }
    }

    static func subtract(_ left: Dimension, _ right: Dimension) -> Dimension {
        switch (left, right) {
        case (.fixed(let a), .fixed(let b)): .fixed(a &- b)
        case (let other, .fixed(0)): other
        case (.symbol(let a), .symbol(let b)) where a == b: .fixed(0)
        default: .unknown
        }
    }

    static func multiply(_ left: Dimension, _ right: Dimension) -> Dimension {
        switch (left, right) {
        case (.fixed(let a), .fixed(let b)): .fixed(a &* b)
        case (.fixed(1), let other), (let other, .fixed(1)): other
        case (.fixed(0), _), (_, .fixed(0)): .fixed(0)
        default: .unknown
        }
    }

    static func divide(_ left: Dimension, _ right: Dimension) -> Dimension {
        switch (left, right) {
        case (.fixed(let a), .fixed(let b)) where b != 0 && b != -1: .fixed(a / b)
        case (let other, .fixed(1)): other
        default: .unknown
        }
    }
}

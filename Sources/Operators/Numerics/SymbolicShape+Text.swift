import Graphs

extension SymbolicShape {
    /// The extents as users write them: `batchx3x224x224`, `?` where one is not known.
    var text: String { dimensions.isEmpty ? "scalar" : dimensions.map(\.text).joined(separator: "x") }

    /// The shape with extents unknown that are named `?`.
    var withoutPlaceholders: SymbolicShape {
        SymbolicShape(dimensions.map(\.withoutPlaceholder), denotations: denotations)
    }

    /// True where the number of dimensions and every extent are fixed.
    var isFixed: Bool { dimensions.allSatisfy { $0.value != nil } }
}

extension Dimension {
    /// The extent, unknown where its name says no more: exporters write `?` for every extent they do not know.
    var withoutPlaceholder: Dimension {
        if case .symbol(let name) = self, name.isEmpty || name == "?" { .unknown } else { self }
    }

    /// The extent as users write it.
    var text: String {
        switch self {
        case .fixed(let value): String(value)
        case .symbol(let name): name
        case .unknown: "?"
        }
    }
}

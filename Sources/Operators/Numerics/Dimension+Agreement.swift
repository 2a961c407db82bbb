import Graphs

extension Dimension {
    /// False where two extents are known and differ.
    func mayEqual(_ other: Dimension) -> Bool { merged(with: other) != nil }

    /// What is known of two extents that must be the same; `nil` where they differ.
    func merged(with other: Dimension) -> Dimension? {
        if let own = value { return other.value ?? own == own ? self : nil }
        return other.value != nil || self == .unknown ? other : self
    }
}

extension SymbolicShape {
    /// False where two shapes differ in rank or in an extent that is known of both.
    func mayEqual(_ other: SymbolicShape) -> Bool {
        dimensions.count == other.dimensions.count
            && zip(dimensions, other.dimensions).allSatisfy { $0.mayEqual($1) }
    }
}

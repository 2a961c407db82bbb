public import Tensors

/// A shape of known rank whose extents may be symbols.
public struct SymbolicShape: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// The extents, outermost first.
    public var dimensions: [Dimension]
    /// What each extent stands for (`DATA_BATCH`, …), one for each extent; empty where the file says nothing.
    public var denotations: [String]

    /// Makes a symbolic shape.
    public init(_ dimensions: [Dimension], denotations: [String] = []) {
        self.dimensions = dimensions
        self.denotations = denotations
    }

    /// Makes a symbolic shape.
    public init(arrayLiteral elements: Dimension...) { self.init(elements) }

    /// Makes a shape whose extents are all fixed.
    public init(_ shape: Shape) { self.init(shape.map(Dimension.fixed)) }

    /// The shape, where every extent is fixed.
    public var shape: Shape? {
        let fixed = dimensions.compactMap(\.value)
        return fixed.count == dimensions.count ? Shape(fixed) : nil
    }
}

public import Tensors

/// The name and type of a value.
public struct ValueInfo: Sendable, Hashable {
    /// The value.
    public var name: String
    /// Its type, where known.
    public var type: ValueType?
    /// Free text.
    public var documentation: String
    /// Free key-value pairs.
    public var metadata: [StringPair]

    /// Makes a value description.
    public init(_ name: String, _ type: ValueType? = nil, documentation: String = "", metadata: [StringPair] = []) {
        self.name = name
        self.type = type
        self.documentation = documentation
        self.metadata = metadata
    }
}

/// The type of a value (`TypeProto`).
public indirect enum ValueType: Sendable, Hashable {
    /// A tensor; the shape is `nil` where even the rank is unknown.
    case tensor(ElementType, SymbolicShape?)
    case sparseTensor(ElementType, SymbolicShape?)
    case sequence(ValueType)
    case optional(ValueType)
    case map(key: ElementType, value: ValueType)
    /// A type the standard leaves to a domain.
    case opaque(domain: String, name: String)
}

/// One extent of a value whose shape may not be known before it runs.
public enum Dimension: Sendable, Hashable {
    case fixed(Int)
    /// Equal wherever the same name stands.
    case symbol(String)
    case unknown

    /// The extent, where it is fixed.
    public var value: Int? {
        if case .fixed(let value) = self { value } else { nil }
    }
}

/// A shape of known rank whose extents may be symbols.
public struct SymbolicShape: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// The extents, outermost first.
    public var dimensions: [Dimension]

    /// Makes a symbolic shape.
    public init(_ dimensions: [Dimension]) { self.dimensions = dimensions }

    /// Makes a symbolic shape.
    public init(arrayLiteral elements: Dimension...) { dimensions = elements }

    /// Makes a shape whose extents are all fixed.
    public init(_ shape: Shape) { dimensions = shape.map(Dimension.fixed) }

    /// The shape, where every extent is fixed.
    public var shape: Shape? {
        let fixed = dimensions.compactMap(\.value)
        return fixed.count == dimensions.count ? Shape(fixed) : nil
    }
}

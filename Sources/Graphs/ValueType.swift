public import Tensors

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

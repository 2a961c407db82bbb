public import Graphs
public import Tensors

/// What flows along an edge of a graph.
public indirect enum Value: Sendable, Hashable {
    case tensor(Tensor)
    /// Elements of one type, with that type so that an empty sequence keeps it.
    case sequence([Value], elementType: ValueType)
    /// A value that may be missing, with its type.
    case optional(Value?, elementType: ValueType)

    /// The tensor; `nil` for other values.
    public var tensor: Tensor? {
        if case .tensor(let tensor) = self { tensor } else { nil }
    }

    /// The type.
    public var type: ValueType {
        switch self {
        case .tensor(let tensor): .tensor(tensor.elementType, SymbolicShape(tensor.shape))
        case .sequence(_, let elementType): .sequence(elementType)
        case .optional(_, let elementType): .optional(elementType)
        }
    }
}

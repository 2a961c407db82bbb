public import Graphs
public import Tensors

/// What flows along an edge of a graph.
public indirect enum Value: Sendable {
    case tensor(Tensor)
    /// Elements of one type, with that type so that an empty sequence keeps it.
    case sequence([Value], elementType: ValueType)
    /// A value that may be missing, with its type.
    case optional(Value?, elementType: ValueType)
    /// A tensor in the layout of an engine; read through `tensor` it is like any other.
    case held(any HeldTensor)

    /// The tensor; `nil` for other values.
    public var tensor: Tensor? {
        switch self {
        case .tensor(let tensor): tensor
        case .held(let held): held.tensor
        case .sequence, .optional: nil
        }
    }

    /// The element type of a tensor; `nil` for other values.
    public var elementType: ElementType? {
        switch self {
        case .tensor(let tensor): tensor.elementType
        case .held(let held): held.elementType
        case .sequence, .optional: nil
        }
    }

    /// The type.
    public var type: ValueType {
        switch self {
        case .tensor(let tensor): .tensor(tensor.elementType, SymbolicShape(tensor.shape))
        case .held(let held): .tensor(held.elementType, SymbolicShape(held.shape))
        case .sequence(_, let elementType): .sequence(elementType)
        case .optional(_, let elementType): .optional(elementType)
        }
    }
}

extension Value: Hashable {
    /// True where both are the same kind of value with the same elements, in whatever layout.
    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.sequence(let a, let type), .sequence(let b, let other)): type == other && a == b
        case (.optional(let a, let type), .optional(let b, let other)): type == other && a == b
        case (.sequence, _), (.optional, _), (_, .sequence), (_, .optional): false
        default: left.tensor == right.tensor
        }
    }

    /// Hashes the elements.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .tensor, .held: hasher.combine(tensor)
        case .sequence(let elements, let type):
            hasher.combine(elements)
            hasher.combine(type)
        case .optional(let value, let type):
            hasher.combine(value)
            hasher.combine(type)
        }
    }
}

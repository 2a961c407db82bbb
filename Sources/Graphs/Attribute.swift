public import Tensors

/// A named constant parameter of a node.
public struct Attribute: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value, or a reference to an attribute of the enclosing function.
    public var value: AttributeValue
    /// Free text.
    public var documentation: String
    /// Fields newer than this reader, kept as they were found.
    public var unknownFields: [UnknownField]

    /// Makes an attribute.
    public init(
        _ name: String, _ value: AttributeValue, documentation: String = "", unknownFields: [UnknownField] = []
    ) {
        self.name = name
        self.value = value
        self.documentation = documentation
        self.unknownFields = unknownFields
    }
}

/// The value of an attribute (`AttributeProto`).
public indirect enum AttributeValue: Sendable, Hashable {
    case float(Float)
    case int(Int)
    /// Bytes, UTF-8 by convention.
    case string(Bytes)
    case tensor(Tensor)
    case sparseTensor(SparseTensor)
    case graph(Graph)
    case type(ValueType)
    case floats([Float])
    case ints([Int])
    case strings([Bytes])
    case tensors([Tensor])
    case sparseTensors([SparseTensor])
    case graphs([Graph])
    case types([ValueType])
    /// In the body of a function: the caller's attribute of this name, with the ONNX code of its type.
    case reference(name: String, type: Int)

    /// A string value from text.
    public static func string(_ text: String) -> AttributeValue { .string(Bytes(copying: text.utf8)) }
}

public import Tensors

/// The value of an attribute (`AttributeProto`); floats are equal when their bits are, so that a NaN equals itself.
public indirect enum AttributeValue: Sendable {
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

extension AttributeValue {
    /// The code of the value's type (`AttributeProto.AttributeType`); of a reference, that of what it stands for.
    public var typeCode: Int {
        switch self {
        case .float: 1
        case .int: 2
        case .string: 3
        case .tensor: 4
        case .graph: 5
        case .floats: 6
        case .ints: 7
        case .strings: 8
        case .tensors: 9
        case .graphs: 10
        case .sparseTensor: 11
        case .sparseTensors: 12
        case .type: 13
        case .types: 14
        case .reference(_, let type): type
        }
    }
}

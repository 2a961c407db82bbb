extension AttributeValue: Hashable {
    /// True when both hold the same bits.
    public static func == (left: AttributeValue, right: AttributeValue) -> Bool {
        switch (left, right) {
        case (.float(let a), .float(let b)): a.bitPattern == b.bitPattern
        case (.floats(let a), .floats(let b)): a.elementsEqual(b) { $0.bitPattern == $1.bitPattern }
        case (.int(let a), .int(let b)): a == b
        case (.ints(let a), .ints(let b)): a == b
        case (.string(let a), .string(let b)): a == b
        case (.strings(let a), .strings(let b)): a == b
        case (.tensor(let a), .tensor(let b)): a == b
        case (.tensors(let a), .tensors(let b)): a == b
        case (.sparseTensor(let a), .sparseTensor(let b)): a == b
        case (.sparseTensors(let a), .sparseTensors(let b)): a == b
        case (.graph(let a), .graph(let b)): a == b
        case (.graphs(let a), .graphs(let b)): a == b
        case (.type(let a), .type(let b)): a == b
        case (.types(let a), .types(let b)): a == b
        case (.reference(let a, let x), .reference(let b, let y)): a == b && x == y
        default: false
        }
    }

    /// Hashes the value's kind and bits.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(typeCode)
        switch self {
        case .float(let value): hasher.combine(value.bitPattern)
        case .floats(let values): for value in values { hasher.combine(value.bitPattern) }
        case .int(let value): hasher.combine(value)
        case .ints(let values): hasher.combine(values)
        case .string(let value): hasher.combine(value)
        case .strings(let values): hasher.combine(values)
        case .tensor(let value): hasher.combine(value)
        case .tensors(let values): hasher.combine(values)
        case .sparseTensor(let value): hasher.combine(value)
        case .sparseTensors(let values): hasher.combine(values)
        case .graph(let value): hasher.combine(value)
        case .graphs(let values): hasher.combine(values)
        case .type(let value): hasher.combine(value)
        case .types(let values): hasher.combine(values)
        case .reference(let name, _): hasher.combine(name)
        }
    }
}

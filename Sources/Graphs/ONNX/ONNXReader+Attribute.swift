import Tensors
import Wire

extension ONNXReader {
    /// What the fields of an `AttributeProto` held, before its type says which of them counts.
    private struct AttributeFields {
        var float: Float?
        var integer: Int?
        var string: Bytes?
        var tensor: Tensor?
        var graph: Graph?
        var sparseTensor: SparseTensor?
        var type: ValueType?
        var floats: [Float] = []
        var integers: [Int] = []
        var strings: [Bytes] = []
        var tensors: [Tensor] = []
        var graphs: [Graph] = []
        var sparseTensors: [SparseTensor] = []
        var types: [ValueType] = []
    }

    /// `AttributeProto`.
    func attribute(_ field: WireField, in parent: Message) throws(GraphError) -> Attribute {
        var message = try enter(field, in: parent)
        try charge(MemoryLayout<Attribute>.stride, at: field)
        var attribute = Attribute("", .int(0))
        var code = 0
        var reference = ""
        var fields = AttributeFields()
        while let field = try next(&message) {
            switch field.number {
            case 1: attribute.name = try text(field)
            case 13: attribute.documentation = try text(field)
            case 20: code = try integer(field)
            case 21: reference = try text(field)
            default:
                guard try read(field, in: message, into: &fields) else {
                    attribute.unknownFields.append(try unknown(field))
                    continue
                }
            }
        }
        if !reference.isEmpty {
            attribute.value = .reference(name: reference, type: code)
        } else if let value = value(of: code == 0 ? inferredCode(fields) : code, fields) {
            attribute.value = value
        } else {
            throw GraphError(
                .missingField, subject: at(message.offset),
                reason: "attribute '\(attribute.name)' has no value of its type (code \(code))")
        }
        return attribute
    }

    private func read(
        _ field: WireField, in message: Message, into fields: inout AttributeFields
    ) throws(GraphError) -> Bool {
        switch field.number {
        case 2: fields.float = try float(field)
        case 3: fields.integer = try integer(field)
        case 4: fields.string = try slice(field)
        case 5:
            try once(fields.tensor, field)
            fields.tensor = try namedTensor(field, in: message).tensor
        case 6:
            try once(fields.graph, field)
            fields.graph = try graph(field, in: message)
        case 7: try append(field, to: &fields.floats)
        case 8: try append(field, to: &fields.integers)
        case 9:
            try charge(MemoryLayout<Bytes>.stride, at: field)
            fields.strings.append(try slice(field))
        case 10:
            try charge(MemoryLayout<Tensor>.stride, at: field)
            fields.tensors.append(try namedTensor(field, in: message).tensor)
        case 11: fields.graphs.append(try graph(field, in: message))
        case 14:
            try once(fields.type, field)
            fields.type = try requiredType(field, in: message)
        case 15: fields.types.append(try requiredType(field, in: message))
        case 22:
            try once(fields.sparseTensor, field)
            fields.sparseTensor = try sparseTensor(field, in: message)
        case 23: fields.sparseTensors.append(try sparseTensor(field, in: message))
        default: return false
        }
        return true
    }

    /// The value under a code of `AttributeProto.AttributeType`; numbers that were left out are 0, as protobuf says.
    private func value(of code: Int, _ fields: AttributeFields) -> AttributeValue? {
        switch code {
        case 1: .float(fields.float ?? 0)
        case 2: .int(fields.integer ?? 0)
        case 3: .string(fields.string ?? Bytes(copying: EmptyCollection()))
        case 4: fields.tensor.map(AttributeValue.tensor)
        case 5: fields.graph.map(AttributeValue.graph)
        case 6: .floats(fields.floats)
        case 7: .ints(fields.integers)
        case 8: .strings(fields.strings)
        case 9: .tensors(fields.tensors)
        case 10: .graphs(fields.graphs)
        case 11: fields.sparseTensor.map(AttributeValue.sparseTensor)
        case 12: .sparseTensors(fields.sparseTensors)
        case 13: fields.type.map(AttributeValue.type)
        case 14: .types(fields.types)
        default: nil
        }
    }

    /// The type that files of IR version 1 leave out: that of the field which is there.
    private func inferredCode(_ fields: AttributeFields) -> Int {
        let present: [(Bool, Int)] = [
            (fields.float != nil, 1), (fields.integer != nil, 2), (fields.string != nil, 3), (fields.tensor != nil, 4),
            (fields.graph != nil, 5), (!fields.floats.isEmpty, 6), (!fields.integers.isEmpty, 7),
            (!fields.strings.isEmpty, 8), (!fields.tensors.isEmpty, 9), (!fields.graphs.isEmpty, 10),
            (fields.sparseTensor != nil, 11), (!fields.sparseTensors.isEmpty, 12), (fields.type != nil, 13),
            (!fields.types.isEmpty, 14),
        ]
        return present.first(where: \.0)?.1 ?? 0
    }
}

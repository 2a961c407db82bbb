import Tensors
import Wire

extension ONNXReader {
    /// `TensorProto`.
    func namedTensor(_ field: WireField, in parent: Message) throws(GraphError) -> Initializer {
        var message = try enter(field, in: parent)
        var name = ""
        var documentation = ""
        var metadata: [StringPair] = []
        var unknownFields: [UnknownField] = []
        var data = TensorFields()
        while let field = try next(&message) {
            switch field.number {
            case 1: try append(field, to: &data.dimensions)
            case 2: data.elementType = try elementType(field)
            case 4, 5, 7, 10, 11:
                try charge(MemoryLayout<WireField>.stride, at: field)
                data.numbers.append(field)
            case 6: data.strings.append(try text(field))
            case 8: name = try text(field)
            case 9: data.raw = try slice(field)
            case 12: documentation = try text(field)
            case 13: data.external.append(try pair(field, in: message))
            case 14: data.location = try integer(field)
            case 16: metadata.append(try pair(field, in: message))
            default: unknownFields.append(try unknown(field))
            }
        }
        let subject = at(field.offset) + (name.isEmpty ? ", a tensor" : ", tensor '\(name)'")
        return Initializer(
            name: name, tensor: try tensor(data, subject: subject), documentation: documentation, metadata: metadata,
            unknownFields: unknownFields)
    }

    /// `SparseTensorProto`.
    func sparseTensor(_ field: WireField, in parent: Message) throws(GraphError) -> SparseTensor {
        var message = try enter(field, in: parent)
        try charge(MemoryLayout<SparseTensor>.stride, at: field)
        var values: Initializer?
        var indices: Initializer?
        var dimensions: [Int] = []
        while let field = try next(&message) {
            switch field.number {
            case 1:
                try once(values, field)
                values = try namedTensor(field, in: message)
            case 2:
                try once(indices, field)
                indices = try namedTensor(field, in: message)
            case 3: try append(field, to: &dimensions)
            default: break
            }
        }
        guard let values, let indices else {
            throw GraphError(
                .missingField, subject: at(field.offset), reason: "a sparse tensor needs values and indices")
        }
        return SparseTensor(
            name: values.name, values: values.tensor, indices: indices.tensor, shape: Shape(dimensions))
    }

    /// What the fields of a `TensorProto` held.
    struct TensorFields {
        var elementType: ElementType?
        var dimensions: [Int] = []
        var raw: Bytes?
        /// Occurrences of the typed fields, in order.
        var numbers: [WireField] = []
        var strings: [String] = []
        var location = 0
        var external: [StringPair] = []
    }

    private func tensor(_ data: TensorFields, subject: String) throws(GraphError) -> Tensor {
        guard let type = data.elementType else {
            throw GraphError(.unknownElementType, subject: subject, reason: "its element type is undefined")
        }
        let shape = Shape(data.dimensions)
        guard let count = shape.checkedElementCount, let byteCount = type.byteCount(of: count) else {
            throw GraphError(.invalidTensor, subject: subject, reason: "no memory can hold the shape \(shape)")
        }
        let sources = [data.raw != nil, !data.numbers.isEmpty, !data.strings.isEmpty].count { $0 }
        guard sources <= 1, Set(data.numbers.map(\.number)).count <= 1 else {
            throw GraphError(.unexpectedField, subject: subject, reason: "its data stand in more than one field")
        }
        do {
            if type == .string { return try Tensor(strings: data.strings, shape: shape) }
            let bytes = try bytes(data, type: type, count: count, byteCount: byteCount, subject: subject)
            return try Tensor(elementType: type, shape: shape, bytes: bytes)
        } catch let error as TensorError {
            throw GraphError(.invalidTensor, subject: subject, reason: error.description)
        } catch let error as GraphError {
            throw error
        } catch {
            throw GraphError(.invalidTensor, subject: subject, reason: "\(error)")
        }
    }

    private func bytes(
        _ data: TensorFields, type: ElementType, count: Int, byteCount: Int, subject: String
    ) throws(GraphError) -> Bytes {
        guard data.location != 1 else { return try externalBytes(data, subject: subject) }
        if let raw = data.raw { return raw }
        guard let first = data.numbers.first else { return Bytes(copying: EmptyCollection()) }
        guard first.number == TypedData.field(of: type) else {
            throw GraphError(
                .unexpectedField, subject: subject,
                reason: "elements of \(type.name) may not stand in field \(first.number)")
        }
        switch first.number {
        case 4, 10: return try fixedWidth(data.numbers, subject: subject)
        default:
            var values: [UInt64] = []
            for field in data.numbers {
                guard field.type == .lengthDelimited else {
                    values.append(UInt64(bitPattern: Int64(try integer(field))))
                    continue
                }
                if values.isEmpty { values = try varints(field) } else { values += try varints(field) }
            }
            guard let bytes = TypedData.bytes(values, as: type, count: count) else {
                throw GraphError(
                    .invalidTensor, subject: subject,
                    reason: "its \(values.count) numbers do not make \(count) elements of \(type.name)")
            }
            return bytes
        }
    }

    /// Little-endian numbers, which lie in the file as they lie in memory: one packed field is a slice of the file.
    private func fixedWidth(_ fields: [WireField], subject: String) throws(GraphError) -> Bytes {
        if fields.count == 1, let field = fields.first, field.type == .lengthDelimited { return try slice(field) }
        var joined: [UInt8] = []
        for field in fields {
            let expected: WireType = field.number == 4 ? .fixed32 : .fixed64
            guard field.type == expected || field.type == .lengthDelimited, let part = bytes.slice(field.payload) else {
                throw unexpected(field)
            }
            try charge(part.count, at: field)
            joined += part.array
        }
        return Bytes(copying: joined)
    }

    private func externalBytes(_ data: TensorFields, subject: String) throws(GraphError) -> Bytes {
        var location = ""
        var offset = 0
        var length: Int?
        for pair in data.external {
            switch pair.key {
            case "location": location = pair.value
            case "offset": offset = try number(pair, subject: subject)
            case "length": length = try number(pair, subject: subject)
            default: break
            }
        }
        return try external.bytes(location: location, offset: offset, length: length, subject: subject)
    }

    private func number(_ pair: StringPair, subject: String) throws(GraphError) -> Int {
        guard let value = Int(pair.value), value >= 0 else {
            throw GraphError(
                .externalData, subject: subject, reason: "\(pair.key) '\(pair.value)' of its data is not a byte count")
        }
        return value
    }
}

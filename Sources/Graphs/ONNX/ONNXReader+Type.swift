import Tensors
import Wire

extension ONNXReader {
    /// `ValueInfoProto`.
    func valueInfo(_ field: WireField, in parent: Message) throws(GraphError) -> ValueInfo {
        var message = try enter(field, in: parent)
        try charge(MemoryLayout<ValueInfo>.stride, at: field)
        var info = ValueInfo("")
        var type: ReadType?
        while let field = try next(&message) {
            switch field.number {
            case 1: info.name = try text(field)
            case 2:
                try once(type, field)
                type = try self.type(field, in: message)
            case 3: info.documentation = try text(field)
            case 4: info.metadata.append(try pair(field, in: message))
            default: info.unknownFields.append(try unknown(field))
            }
        }
        info.type = type?.type
        info.denotation = type?.denotation ?? ""
        return info
    }

    /// A `TypeProto`: what it says, if anything, and what it denotes.
    struct ReadType {
        var type: ValueType?
        var denotation = ""
    }

    /// A `TypeProto` that must say something.
    func requiredType(_ field: WireField, in parent: Message) throws(GraphError) -> ValueType {
        guard let type = try type(field, in: parent).type else {
            throw GraphError(.missingField, subject: at(field.offset), reason: "the type is empty")
        }
        return type
    }

    /// `TypeProto`; a tensor of undefined element type counts as no type.
    func type(_ field: WireField, in parent: Message) throws(GraphError) -> ReadType {
        var message = try enter(field, in: parent)
        try charge(MemoryLayout<ValueType>.stride * 4, at: field)
        var read = ReadType()
        while let field = try next(&message) {
            switch field.number {
            case 1:
                let (element, shape) = try tensorType(field, in: message)
                read.type = element.map { .tensor($0, shape) }
            case 4: read.type = .sequence(try elementOf(field, in: message))
            case 5: read.type = try mapType(field, in: message)
            case 6: read.denotation = try text(field)
            case 7: read.type = try opaqueType(field, in: message)
            case 8:
                let (element, shape) = try tensorType(field, in: message)
                read.type = element.map { .sparseTensor($0, shape) }
            case 9: read.type = .optional(try elementOf(field, in: message))
            default: break
            }
        }
        return read
    }

    private func tensorType(
        _ field: WireField, in parent: Message
    ) throws(GraphError) -> (ElementType?, SymbolicShape?) {
        var message = try enter(field, in: parent)
        var element: ElementType?
        var shape: SymbolicShape?
        while let field = try next(&message) {
            switch field.number {
            case 1: element = try elementType(field)
            case 2:
                try once(shape, field)
                shape = try self.shape(field, in: message)
            default: break
            }
        }
        return (element, shape)
    }

    /// A code of `TensorProto.DataType`; `nil` for undefined.
    func elementType(_ field: WireField) throws(GraphError) -> ElementType? {
        let code = try integer(field)
        guard code != 0 else { return nil }
        guard let type = Int32(exactly: code).flatMap(ElementType.init(rawValue:)) else {
            throw GraphError(
                .unknownElementType, subject: at(field.offset), reason: "\(code) is no element type of ONNX")
        }
        return type
    }

    /// `TensorShapeProto`; a negative extent stands for an unknown one, as several exporters write it.
    private func shape(_ field: WireField, in parent: Message) throws(GraphError) -> SymbolicShape {
        var message = try enter(field, in: parent)
        var shape = SymbolicShape([])
        while let field = try next(&message) {
            guard field.number == 1 else { continue }
            var inner = try enter(field, in: message)
            try charge(MemoryLayout<Dimension>.stride, at: field)
            var dimension = Dimension.unknown
            var denotation = ""
            while let field = try next(&inner) {
                switch field.number {
                case 1:
                    let extent = try integer(field)
                    dimension = extent < 0 ? .unknown : .fixed(extent)
                case 2:
                    let symbol = try text(field)
                    dimension = symbol.isEmpty ? .unknown : .symbol(symbol)
                case 3: denotation = try text(field)
                default: break
                }
            }
            shape.dimensions.append(dimension)
            guard !denotation.isEmpty || !shape.denotations.isEmpty else { continue }
            let missing = shape.dimensions.count - 1 - shape.denotations.count
            try charge(MemoryLayout<String>.stride * (missing + 1), at: field)
            shape.denotations += Array(repeating: "", count: missing) + [denotation]
        }
        return shape
    }

    private func elementOf(_ field: WireField, in parent: Message) throws(GraphError) -> ValueType {
        var message = try enter(field, in: parent)
        var element: ValueType?
        while let inner = try next(&message) {
            guard inner.number == 1 else { continue }
            try once(element, inner)
            element = try nestedType(inner, in: message)
        }
        guard let element else {
            throw GraphError(.missingField, subject: at(field.offset), reason: "the element type is missing")
        }
        return element
    }

    private func mapType(_ field: WireField, in parent: Message) throws(GraphError) -> ValueType {
        var message = try enter(field, in: parent)
        var key: ElementType?
        var value: ValueType?
        while let field = try next(&message) {
            switch field.number {
            case 1: key = try elementType(field)
            case 2:
                try once(value, field)
                value = try nestedType(field, in: message)
            default: break
            }
        }
        guard let key, let value else {
            throw GraphError(.missingField, subject: at(field.offset), reason: "a map type needs key and value")
        }
        return .map(key: key, value: value)
    }

    private func nestedType(_ field: WireField, in parent: Message) throws(GraphError) -> ValueType {
        let read = try type(field, in: parent)
        guard let type = read.type else {
            throw GraphError(.missingField, subject: at(field.offset), reason: "the type is empty")
        }
        return type
    }

    private func opaqueType(_ field: WireField, in parent: Message) throws(GraphError) -> ValueType {
        var message = try enter(field, in: parent)
        var domain = ""
        var name = ""
        while let field = try next(&message) {
            switch field.number {
            case 1: domain = try text(field)
            case 2: name = try text(field)
            default: break
            }
        }
        return .opaque(domain: domain, name: name)
    }
}

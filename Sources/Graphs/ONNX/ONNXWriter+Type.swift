import Tensors
import Wire

extension ONNXWriter {
    /// `ValueInfoProto`.
    static func valueInfo(_ info: ValueInfo) -> Message {
        var message = Message()
        message.string(1, info.name)
        if info.type != nil || !info.denotation.isEmpty {
            var inner = info.type.map(type) ?? Message()
            text(6, info.denotation, &inner)
            message.message(2, inner)
        }
        text(3, info.documentation, &message)
        pairs(4, info.metadata, &message)
        unknown(info.unknownFields, &message)
        return message
    }

    /// `TypeProto`.
    static func type(_ type: ValueType) -> Message {
        var message = Message()
        switch type {
        case .tensor(let element, let shape): message.message(1, tensorType(element, shape))
        case .sparseTensor(let element, let shape): message.message(8, tensorType(element, shape))
        case .sequence(let element):
            message.message(4) { $0.message(1, self.type(element)) }
        case .optional(let element):
            message.message(9) { $0.message(1, self.type(element)) }
        case .map(let key, let value):
            message.message(5) {
                $0.integer(1, Int(key.rawValue))
                $0.message(2, self.type(value))
            }
        case .opaque(let domain, let name):
            message.message(7) {
                text(1, domain, &$0)
                text(2, name, &$0)
            }
        }
        return message
    }

    private static func tensorType(_ element: ElementType, _ shape: SymbolicShape?) -> Message {
        var message = Message()
        message.integer(1, Int(element.rawValue))
        if let shape { message.message(2, self.shape(shape)) }
        return message
    }

    private static func shape(_ shape: SymbolicShape) -> Message {
        var message = Message()
        for (axis, dimension) in shape.dimensions.enumerated() {
            message.message(1) { inner in
                switch dimension {
                case .fixed(let extent): inner.integer(1, extent)
                case .symbol(let symbol): text(2, symbol, &inner)
                case .unknown: break
                }
                if shape.denotations.indices.contains(axis) { text(3, shape.denotations[axis], &inner) }
            }
        }
        return message
    }
}

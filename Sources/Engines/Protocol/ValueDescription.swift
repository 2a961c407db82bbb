import Graphs
import Tensors

/// The name and type of a model's input or output, as the protocol states it.
struct ValueDescription: Codable, Equatable {
    var name: String
    /// Absent where the engine does not tell.
    var type: TypeDescription?

    init(_ value: ValueInfo) {
        name = value.name
        type = value.type.map(TypeDescription.init)
    }

    func valueInfo() throws(ProtocolViolation) -> ValueInfo { ValueInfo(name, try type?.valueType()) }
}

/// The type of a value: exactly one of the fields is there.
indirect enum TypeDescription: Codable, Equatable {
    case tensor(element: String, shape: [Extent]?)
    case sparseTensor(element: String, shape: [Extent]?)
    case sequence(of: TypeDescription)
    case optional(of: TypeDescription)
    case map(key: String, value: TypeDescription)
    case opaque(domain: String, name: String)

    init(_ type: ValueType) {
        self =
            switch type {
            case .tensor(let element, let shape): .tensor(element: element.name, shape: Extent.all(shape))
            case .sparseTensor(let element, let shape): .sparseTensor(element: element.name, shape: Extent.all(shape))
            case .sequence(let inner): .sequence(of: TypeDescription(inner))
            case .optional(let inner): .optional(of: TypeDescription(inner))
            case .map(let key, let value): .map(key: key.name, value: TypeDescription(value))
            case .opaque(let domain, let name): .opaque(domain: domain, name: name)
            }
    }

    func valueType() throws(ProtocolViolation) -> ValueType {
        switch self {
        case .tensor(let element, let shape): .tensor(try Self.element(element), Extent.shape(shape))
        case .sparseTensor(let element, let shape): .sparseTensor(try Self.element(element), Extent.shape(shape))
        case .sequence(let inner): .sequence(try inner.valueType())
        case .optional(let inner): .optional(try inner.valueType())
        case .map(let key, let value): .map(key: try Self.element(key), value: try value.valueType())
        case .opaque(let domain, let name): .opaque(domain: domain, name: name)
        }
    }

    private static func element(_ name: String) throws(ProtocolViolation) -> ElementType {
        guard let type = ElementType(name: name) else { throw ProtocolViolation("unknown element type \(name)") }
        return type
    }
}

/// One extent: a number, a symbol, or null.
enum Extent: Codable, Equatable {
    case fixed(Int)
    case symbol(String)
    case unknown

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .unknown
        } else if let value = try? container.decode(Int.self) {
            self = .fixed(value)
        } else {
            self = .symbol(try container.decode(String.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .fixed(let value): try container.encode(value)
        case .symbol(let name): try container.encode(name)
        case .unknown: try container.encodeNil()
        }
    }

    static func all(_ shape: SymbolicShape?) -> [Extent]? {
        shape?.dimensions.map { dimension in
            switch dimension {
            case .fixed(let value): .fixed(value)
            case .symbol(let name): .symbol(name)
            case .unknown: .unknown
            }
        }
    }

    static func shape(_ extents: [Extent]?) -> SymbolicShape? {
        extents.map { extents in
            SymbolicShape(
                extents.map { extent in
                    switch extent {
                    case .fixed(let value): .fixed(value)
                    case .symbol(let name): .symbol(name)
                    case .unknown: .unknown
                    }
                })
        }
    }
}

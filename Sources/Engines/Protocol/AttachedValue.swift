import Graphs
public import Operators
import Tensors

/// A value of any kind inside a Codable message of the worker protocol: the JSON holds its structure and types, the
/// elements of its tensors travel beside it, in the order in which they are met.
public struct AttachedValue: Sendable, Hashable, Codable {
    /// The value.
    public var value: Value

    /// Wraps a value.
    public init(_ value: Value) { self.value = value }

    /// Takes the structure of a value and the tensors that the message carries for it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        guard let kind = container.allKeys.first, container.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "a value is one of tensor, sequence and optional"))
        }
        switch kind {
        case .tensor: value = .tensor(try container.decode(AttachedTensor.self, forKey: kind).tensor)
        case .sequence:
            let inner = try container.nestedContainer(keyedBy: Part.self, forKey: kind)
            let elements = try inner.decode([AttachedValue].self, forKey: .elements)
            value = .sequence(elements.map(\.value), elementType: try Self.type(inner))
        case .optional:
            let inner = try container.nestedContainer(keyedBy: Part.self, forKey: kind)
            let held = try inner.decodeIfPresent(AttachedValue.self, forKey: .value)
            value = .optional(held?.value, elementType: try Self.type(inner))
        }
    }

    /// Attaches the value's tensors to the message and encodes its structure.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch value {
        case .sequence(let elements, let type):
            var inner = container.nestedContainer(keyedBy: Part.self, forKey: .sequence)
            try inner.encode(TypeDescription(type), forKey: .of)
            try inner.encode(elements.map(AttachedValue.init), forKey: .elements)
        case .optional(let held, let type):
            var inner = container.nestedContainer(keyedBy: Part.self, forKey: .optional)
            try inner.encode(TypeDescription(type), forKey: .of)
            try inner.encodeIfPresent(held.map(AttachedValue.init), forKey: .value)
        case .tensor, .held:
            guard let tensor = value.tensor else {
                throw EncodingError.invalidValue(
                    value, .init(codingPath: encoder.codingPath, debugDescription: "a tensor that cannot be read"))
            }
            try container.encode(AttachedTensor(tensor), forKey: .tensor)
        }
    }

    private enum Kind: String, CodingKey { case tensor, sequence, optional }

    private enum Part: String, CodingKey { case of, elements, value }

    private static func type(_ container: KeyedDecodingContainer<Part>) throws -> ValueType {
        let description = try container.decode(TypeDescription.self, forKey: .of)
        do { return try description.valueType() } catch {
            throw DecodingError.dataCorruptedError(
                forKey: .of, in: container, debugDescription: error.reason)
        }
    }
}

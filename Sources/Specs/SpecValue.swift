/// A spec as a tree: the effective spec with every default filled in, or a JSON Schema; keys keep their order.
public indirect enum SpecValue: Sendable, Hashable {
    /// A key and its value.
    public struct Pair: Sendable, Hashable {
        /// The key.
        public let key: String
        /// The value.
        public let value: SpecValue

        /// Makes a pair.
        public init(_ key: String, _ value: SpecValue) {
            self.key = key
            self.value = value
        }
    }

    /// Nothing: an optional value that is not set.
    case null
    /// A truth value.
    case bool(Bool)
    /// A whole number.
    case int(Int)
    /// A number.
    case double(Double)
    /// A text.
    case string(String)
    /// A list.
    case list([SpecValue])
    /// Keys and values, in order.
    case map([Pair])

    /// The value of a key; `nil` when there is none or this is no map.
    public subscript(key: String) -> SpecValue? {
        guard case .map(let pairs) = self else { return nil }
        return pairs.first { $0.key == key }?.value
    }
}

extension SpecValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Makes a text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Makes a truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Makes a whole number.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// Makes a number.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// Makes a list.
    public init(arrayLiteral elements: SpecValue...) { self = .list(elements) }
    /// Makes a map in the order given.
    public init(dictionaryLiteral elements: (String, SpecValue)...) {
        self = .map(elements.map { Pair($0.0, $0.1) })
    }
}

extension SpecValue: Encodable {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Writes the tree, so that it can become part of a record.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .map(let pairs):
            var box = encoder.container(keyedBy: Name.self)
            for pair in pairs { try box.encode(pair.value, forKey: Name(stringValue: pair.key)) }
        case .list(let elements):
            var box = encoder.unkeyedContainer()
            for element in elements { try box.encode(element) }
        case .null:
            var box = encoder.singleValueContainer()
            try box.encodeNil()
        case .bool(let value):
            var box = encoder.singleValueContainer()
            try box.encode(value)
        case .int(let value):
            var box = encoder.singleValueContainer()
            try box.encode(value)
        case .double(let value):
            var box = encoder.singleValueContainer()
            try box.encode(value)
        case .string(let value):
            var box = encoder.singleValueContainer()
            try box.encode(value)
        }
    }
}

/// Any JSON value (RFC 8259); members of an object are written in the order of their names.
public enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number written without fraction or exponent that fits 64 bits; kept exactly.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// A text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Named members.
    case object([String: JSONValue])
}

extension JSONValue {
    /// The member of that name; `nil` when there is none or this is no object.
    public subscript(name: String) -> JSONValue? {
        get { if case .object(let members) = self { members[name] } else { nil } }
        set {
            guard case .object(var members) = self else { return }
            members[name] = newValue
            self = .object(members)
        }
    }

    /// The text, when this is one.
    public var string: String? { if case .string(let text) = self { text } else { nil } }

    /// The number, when this is one.
    public var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The whole number, when this is one.
    public var int: Int? { if case .integer(let value) = self { Int(exactly: value) } else { nil } }

    /// The truth value, when this is one.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The elements, when this is a list.
    public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

    /// The members, when this is an object.
    public var object: [String: JSONValue]? { if case .object(let members) = self { members } else { nil } }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// Makes a text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Makes a truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Makes a whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// Makes a number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// Makes a list.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// Makes an object; of members of one name the last stays.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { $1 })
    }
    /// Makes `null`.
    public init(nilLiteral: ()) { self = .null }
}

extension JSONValue: Codable {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads any value.
    public init(from decoder: any Decoder) throws {
        if let box = try? decoder.container(keyedBy: Name.self) {
            var members: [String: JSONValue] = [:]
            for key in box.allKeys { members[key.stringValue] = try box.decode(JSONValue.self, forKey: key) }
            self = .object(members)
        } else if var box = try? decoder.unkeyedContainer() {
            var elements: [JSONValue] = []
            while !box.isAtEnd { elements.append(try box.decode(JSONValue.self)) }
            self = .array(elements)
        } else {
            let box = try decoder.singleValueContainer()
            if box.decodeNil() {
                self = .null
            } else if let value = try? box.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? box.decode(Int64.self) {
                self = .integer(value)
            } else if let value = try? box.decode(Double.self) {
                self = .number(value)
            } else {
                self = .string(try box.decode(String.self))
            }
        }
    }

    /// Writes the value.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let members):
            var box = encoder.container(keyedBy: Name.self)
            for (name, value) in members { try box.encode(value, forKey: Name(stringValue: name)) }
        case .array(let elements):
            var box = encoder.unkeyedContainer()
            for element in elements { try box.encode(element) }
        case .null:
            var box = encoder.singleValueContainer()
            try box.encodeNil()
        case .bool(let value):
            var box = encoder.singleValueContainer()
            try box.encode(value)
        case .integer(let value):
            var box = encoder.singleValueContainer()
            try box.encode(value)
        case .number(let value):
            var box = encoder.singleValueContainer()
            try box.encode(value)
        case .string(let value):
            var box = encoder.singleValueContainer()
            try box.encode(value)
        }
    }
}

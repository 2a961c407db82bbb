/// A JSON value whose numbers keep all their digits: microseconds of the Unix epoch with fractions do not fit a double.
enum JSONNode {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([(name: String, value: JSONNode)])

    /// The last member of that name; `nil` when there is none or this is no object.
    subscript(name: String) -> JSONNode? {
        if case .object(let members) = self { members.last { $0.name == name }?.value } else { nil }
    }

    var string: String? { if case .string(let text) = self { text } else { nil } }

    var array: [JSONNode]? { if case .array(let elements) = self { elements } else { nil } }

    /// The digits of a number, written as one or, as protobuf's JSON does with 64 bits, as text.
    var digits: String? {
        switch self {
        case .number(let text), .string(let text): text
        default: nil
        }
    }

    /// A finite number, or one of the three that JSON lacks, as text.
    var double: Double? {
        switch self {
        case .number(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        case .string("NaN"): .nan
        case .string("Infinity"): .infinity
        case .string("-Infinity"): -.infinity
        case .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }

    /// The value as one of an argument; `nil` when a number fits neither 64 bits nor a double.
    var value: Timeline.Value? {
        switch self {
        case .null: return .empty
        case .bool(let value): return .bool(value)
        case .number(let text):
            if let whole = Int64(text) { return .integer(whole) }
            return Double(text).flatMap { $0.isFinite ? .number($0) : nil }
        case .string(let text): return .string(text)
        case .array(let elements):
            var values: [Timeline.Value] = []
            values.reserveCapacity(elements.count)
            for element in elements {
                guard let value = element.value else { return nil }
                values.append(value)
            }
            return .array(values)
        case .object: return arguments.map { .object($0) }
        }
    }

    /// The members as arguments, the last of each name; `nil` when this is no object or holds what no value can.
    var arguments: [Timeline.Argument]? {
        guard case .object(let members) = self else { return nil }
        var arguments: [Timeline.Argument] = []
        arguments.reserveCapacity(members.count)
        for member in members {
            guard let value = member.value.value else { return nil }
            arguments.append(Timeline.Argument(member.name, value))
        }
        return arguments.lastOfEachName()
    }
}

import Wire

/// Arguments as Perfetto's `DebugAnnotation`s (debug_annotation.proto).
enum PerfettoAnnotation {
    private typealias Field = PerfettoField.Annotation
    private typealias Nested = PerfettoField.Nested

    /// The texts that a sequence refers to by number.
    struct Texts {
        var names: [UInt64: String] = [:]
        var strings: [UInt64: String] = [:]
    }

    // MARK: - Writing

    /// An argument; lists and objects are nested values, which unlike repeated fields can be empty.
    static func message(_ argument: Timeline.Argument) -> ProtobufWriter {
        var message = ProtobufWriter()
        message.string(Field.name, argument.name)
        switch argument.value {
        case .empty: break
        case .bool(let value): message.bool(Field.bool, value)
        case .integer(let value): message.signed(Field.integer, value)
        case .number(let value): message.double(Field.double, value)
        case .string(let text): message.string(Field.string, text)
        case .array, .object: message.message(Field.nested, nested(argument.value))
        }
        return message
    }

    private static func nested(_ value: Timeline.Value) -> ProtobufWriter {
        var message = ProtobufWriter()
        switch value {
        case .empty: break
        case .bool(let value): message.bool(Nested.bool, value)
        case .integer(let value): message.signed(Nested.integer, value)
        case .number(let value): message.double(Nested.double, value)
        case .string(let text): message.string(Nested.string, text)
        case .array(let values):
            message.varint(Nested.type, Nested.arrayType)
            for value in values { message.message(Nested.elements, nested(value)) }
        case .object(let arguments):
            message.varint(Nested.type, Nested.dictionaryType)
            for argument in arguments { message.string(Nested.keys, argument.name) }
            for argument in arguments { message.message(Nested.values, nested(argument.value)) }
        }
        return message
    }

    // MARK: - Reading

    /// The argument that an annotation tells; `depth` more levels may lie within.
    static func argument(
        _ annotation: ProtobufMessage, texts: Texts, depth: Int
    ) throws(TimelineError) -> Timeline.Argument {
        var message = annotation
        var name = ""
        var value = Timeline.Value.empty
        var entries: [Timeline.Argument] = []
        var elements: [Timeline.Value] = []
        while let field = try message.next() {
            switch field.number {
            case Field.name: name = try message.text(field)
            case Field.nameReference: name = texts.names[try message.unsigned(field)] ?? ""
            case Field.bool: value = .bool(try message.unsigned(field) != 0)
            case Field.unsigned, Field.pointer:
                let number = try message.unsigned(field)
                value = Int64(exactly: number).map { Timeline.Value.integer($0) } ?? .number(Double(number))
            case Field.integer: value = .integer(try message.signed(field))
            case Field.double: value = .number(try message.double(field))
            case Field.string, Field.json: value = .string(try message.text(field))
            case Field.stringReference: value = .string(texts.strings[try message.unsigned(field)] ?? "")
            case Field.nested:
                value = try nestedValue(try message.message(field), depth: try lower(depth, message, field))
            case Field.entries:
                let inner = try lower(depth, message, field)
                entries.append(try argument(try message.message(field), texts: texts, depth: inner))
            case Field.elements:
                let inner = try lower(depth, message, field)
                elements.append(try argument(try message.message(field), texts: texts, depth: inner).value)
            default: break
            }
        }
        if !entries.isEmpty { value = .object(entries) } else if !elements.isEmpty { value = .array(elements) }
        return Timeline.Argument(name, value)
    }

    private static func nestedValue(_ nested: ProtobufMessage, depth: Int) throws(TimelineError) -> Timeline.Value {
        var message = nested
        var type: UInt64 = 0
        var value = Timeline.Value.empty
        var keys: [String] = []
        var values: [Timeline.Value] = []
        var elements: [Timeline.Value] = []
        while let field = try message.next() {
            switch field.number {
            case Nested.type: type = try message.unsigned(field)
            case Nested.keys: keys.append(try message.text(field))
            case Nested.values:
                values.append(try nestedValue(try message.message(field), depth: try lower(depth, message, field)))
            case Nested.elements:
                elements.append(try nestedValue(try message.message(field), depth: try lower(depth, message, field)))
            case Nested.integer: value = .integer(try message.signed(field))
            case Nested.double: value = .number(try message.double(field))
            case Nested.bool: value = .bool(try message.unsigned(field) != 0)
            case Nested.string: value = .string(try message.text(field))
            default: break
            }
        }
        switch type {
        case Nested.arrayType: return .array(elements)
        case Nested.dictionaryType: return .object(zip(keys, values).map { Timeline.Argument($0, $1) })
        default: return value
        }
    }

    private static func lower(
        _ depth: Int, _ message: ProtobufMessage, _ field: WireField
    ) throws(TimelineError) -> Int {
        guard depth > 0 else { throw message.failure(field, "values are nested too deep", code: .limitExceeded) }
        return depth - 1
    }
}

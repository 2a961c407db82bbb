extension JSONValue {
    /// The canonical text: no spaces, members in the order of their names by UTF-16 code units, numbers as ECMAScript
    /// writes them (RFC 8785), except that whole numbers of 64 bits stay exact.
    ///
    /// Numbers that JSON lacks are written as `"NaN"`, `"Infinity"`, `"-Infinity"`.
    public var canonical: String {
        var text = ""
        write(to: &text, indent: nil)
        return text
    }

    /// The same text for readers: one member a line, two spaces deeper each level, short lists of scalars on one line.
    public var pretty: String {
        var text = ""
        write(to: &text, indent: 0)
        return text
    }

    private func write(to text: inout String, indent: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value): text += JSONNumber.text(value)
        case .string(let value): Self.quote(value, to: &text)
        case .array(let elements):
            let broken = elements.isEmpty || isShort ? nil : indent
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += broken == nil && indent != nil ? ", " : "," }
                Self.breakLine(&text, broken.map { $0 + 1 })
                element.write(to: &text, indent: broken.map { $0 + 1 } ?? (indent == nil ? nil : indent))
            }
            Self.breakLine(&text, broken)
            text += "]"
        case .object(let members):
            text += "{"
            for (index, name) in Self.ordered(members.keys).enumerated() {
                if index > 0 { text += "," }
                Self.breakLine(&text, indent.map { $0 + 1 })
                Self.quote(name, to: &text)
                text += indent == nil ? ":" : ": "
                members[name]?.write(to: &text, indent: indent.map { $0 + 1 })
            }
            if !members.isEmpty { Self.breakLine(&text, indent) }
            text += "}"
        }
    }

    /// Whether this is a list of few scalars.
    private var isShort: Bool {
        guard case .array(let elements) = self else { return false }
        var length = 0
        for element in elements {
            switch element {
            case .array, .object: return false
            case .string(let text): length += text.utf8.count + 4
            default: length += 8
            }
            if length > 100 { return false }
        }
        return true
    }

    /// Names in the order of their UTF-16 code units, as RFC 8785 asks; most names are ASCII, where all orders agree.
    static func ordered(_ names: some Collection<String>) -> [String] {
        names.sorted { left, right in
            left.utf8.allSatisfy { $0 < 128 } && right.utf8.allSatisfy { $0 < 128 }
                ? left.utf8.lexicographicallyPrecedes(right.utf8) : left.utf16.lexicographicallyPrecedes(right.utf16)
        }
    }

    private static func breakLine(_ text: inout String, _ indent: Int?) {
        guard let indent else { return }
        text += "\n" + String(repeating: "  ", count: indent)
    }

    private static func quote(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{8}": text += "\\b"
            case "\u{c}": text += "\\f"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

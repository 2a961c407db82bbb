import Foundation

extension SpecValue {
    /// The tree as YAML that reads back to the same tree.
    public var yaml: String {
        var text = ""
        writeYAML(to: &text, indent: 0, afterKey: false)
        return text
    }

    /// The tree as JSON, two spaces deeper each level, keys in their order.
    public var json: String {
        var text = ""
        writeJSON(to: &text, indent: 0)
        return text + "\n"
    }

    private func writeJSON(to text: inout String, indent: Int) {
        let inner = "\n" + String(repeating: "  ", count: indent + 1)
        let outer = "\n" + String(repeating: "  ", count: indent)
        switch self {
        case .list(let elements) where !elements.isEmpty && !elements.allSatisfy(\.isScalar):
            text += "["
            for (index, element) in elements.enumerated() {
                text += index > 0 ? "," + inner : inner
                element.writeJSON(to: &text, indent: indent + 1)
            }
            text += outer + "]"
        case .map(let pairs) where !pairs.isEmpty:
            text += "{"
            for (index, pair) in pairs.enumerated() {
                text += (index > 0 ? "," : "") + inner + Self.quoted(pair.key) + ": "
                pair.value.writeJSON(to: &text, indent: indent + 1)
            }
            text += outer + "}"
        default: text += flow
        }
    }

    private func writeYAML(to text: inout String, indent: Int, afterKey: Bool) {
        let margin = String(repeating: " ", count: indent)
        switch self {
        case .map(let pairs) where !pairs.isEmpty:
            if afterKey { text += "\n" }
            for (index, pair) in pairs.enumerated() {
                // The first pair of a map in a list stands on the line of its dash.
                text += (index == 0 && !afterKey ? "" : margin) + Self.key(pair.key) + ":"
                pair.value.writeYAML(to: &text, indent: indent + 2, afterKey: true)
            }
        case .list(let elements) where !elements.isEmpty && !elements.allSatisfy(\.isScalar):
            if afterKey { text += "\n" }
            for (index, element) in elements.enumerated() {
                text += (index == 0 && !afterKey ? "" : margin) + "- "
                element.writeYAML(to: &text, indent: indent + 2, afterKey: false)
            }
        default: text += (afterKey ? " " : "") + flow + "\n"
        }
    }

    private var isScalar: Bool {
        switch self {
        case .list(let elements): elements.isEmpty
        case .map(let pairs): pairs.isEmpty
        default: true
        }
    }

    /// The value on one line, in the form that JSON and YAML share.
    private var flow: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .double(let value): value.isFinite ? value.description : Self.quoted(value.description)
        case .string(let value): Self.quoted(value)
        case .list(let elements): "[" + elements.map(\.flow).joined(separator: ", ") + "]"
        case .map(let pairs):
            "{" + pairs.map { Self.quoted($0.key) + ": " + $0.value.flow }.joined(separator: ", ") + "}"
        }
    }

    private static func key(_ text: String) -> String {
        let plain =
            !text.isEmpty
            && text.utf8.allSatisfy {
                (97...122).contains($0) || (65...90).contains($0) || $0 == 95 || $0 == 45
            }
        return plain && text.first != "-" && SpecScalar(text: text, isPlain: true).resolved == .string(text)
            ? text : quoted(text)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{2028}", "\u{2029}", "\u{feff}":
                quoted += "\\u" + String(format: "%04x", scalar.value)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

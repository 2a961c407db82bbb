extension SpecObject {
    /// The JSON Schema (draft 2020-12) of the spec.
    ///
    /// - Parameter identifier: its `$id`.
    public func jsonSchema(identifier: String, title: String) -> SpecValue {
        var definitions = SpecDefinitions()
        let root = reference(&definitions)
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": .string(identifier),
            "title": .string(title), "$ref": root["$ref"] ?? .null, "$defs": definitions.tree,
        ]
    }

    /// The keys as a Markdown table: key, what may stand there, default, meaning.
    public var markdown: String {
        var text = "### \(name)\n\n\(documentation)\n\n| key | value | default | meaning |\n|---|---|---|---|\n"
        for field in fields {
            let standard = field.isRequired ? "required" : defaultValue(of: field.key).map(Self.inline) ?? ""
            let cells = ["`\(field.key)`", field.summary, standard, field.documentation]
            text += "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
        }
        return text
    }

    private static func inline(_ value: SpecValue) -> String {
        switch value {
        case .null: "–"
        case .string(let text): "`\(text)`"
        case .map(let pairs) where !pairs.isEmpty: "see there"
        case .list(let items) where items.contains { if case .map = $0 { true } else { false } }: "see there"
        default: "`" + value.json.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ") + "`"
        }
    }
}

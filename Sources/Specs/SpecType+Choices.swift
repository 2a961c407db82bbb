extension SpecType where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    /// One of the words of an enumeration; another word is answered with the nearest one.
    public static var enumeration: SpecType {
        let words = Value.allCases.map(\.rawValue)
        let summary = "one of " + words.joined(separator: ", ")
        return SpecType(
            summary: summary,
            read: { node, problems in
                guard let text = node.scalar?.text else {
                    problems.expected(summary, at: node)
                    return nil
                }
                if let value = Value(rawValue: text) { return value }
                problems.report(
                    .invalidValue, at: node, "expected \(summary), found \(node.found)",
                    remedy: Spelling.hint(text, among: words))
                return nil
            }, write: { .string($0.rawValue) },
            schema: { _ in ["enum": .list(words.map { .string($0) })] })
    }
}

/// One way to write a value that comes in several forms: its key, and what stands under it.
public struct SpecCase<Value: Sendable>: Sendable {
    let key: String
    let documentation: String
    let isBare: Bool
    let read: @Sendable (SpecNode, inout SpecProblems) -> Value?
    let bare: @Sendable () -> Value?
    let write: @Sendable (Value) -> SpecValue?
    let schema: @Sendable (inout SpecDefinitions) -> SpecValue

    /// A form with content: `resize: {width: 224}`.
    ///
    /// - Parameters:
    ///   - wrap: makes the value of the content.
    ///   - unwrap: gives the content when the value is of this form.
    ///   - bare: the content that the key stands for when it is written alone.
    public init<Content: Sendable>(
        _ key: String, _ type: SpecType<Content>, _ documentation: String,
        wrap: @escaping @Sendable (Content) -> Value, unwrap: @escaping @Sendable (Value) -> Content?,
        bare: Content? = nil
    ) {
        self.key = key
        self.documentation = documentation
        isBare = bare != nil
        read = { node, problems in type.read(node, &problems).map(wrap) }
        self.bare = { bare.map(wrap) }
        write = { value in
            unwrap(value).map { content in .map([SpecValue.Pair(key, type.write(content))]) }
        }
        schema = type.schema
    }

    /// A form that is its key alone: `flip`.
    public init(_ key: String, _ value: Value, _ documentation: String) where Value: Equatable {
        self.key = key
        self.documentation = documentation
        isBare = true
        read = { node, problems in
            if node.scalar?.resolved == .null { return value }
            problems.report(.wrongType, at: node, "'\(key)' takes no value", remedy: "write the word alone")
            return nil
        }
        bare = { value }
        write = { $0 == value ? .string(key) : nil }
        schema = { _ in ["type": "null"] }
    }
}

extension SpecType {
    /// A value in one of several forms, each a map of one key, or a bare word: `resize: {width: 224}`, `flip`.
    public static func choice(_ name: String, _ documentation: String, _ cases: [SpecCase<Value>]) -> SpecType {
        let keys = cases.map(\.key)
        let summary = "one of " + keys.joined(separator: ", ")
        return SpecType(
            summary: summary,
            read: { node, problems in
                let word: String
                var entry: SpecNode.Entry?
                switch node.content {
                case .scalar(let scalar) where scalar.resolved != .null: word = scalar.text
                case .map(let entries) where entries.count == 1:
                    word = entries[0].key
                    entry = entries[0]
                default:
                    problems.expected(summary, at: node, remedy: "write one key and its value")
                    return nil
                }
                guard let match = cases.first(where: { $0.key == word }) else {
                    problems.report(
                        .unknownKey, at: node, "unknown \(name) '\(word)'",
                        remedy: [Spelling.hint(word, among: keys), "known are " + keys.joined(separator: ", ")]
                            .filter { !$0.isEmpty }.joined(separator: " "))
                    return nil
                }
                if let entry { return match.read(entry.value, &problems) }
                if let value = match.bare() { return value }
                problems.report(
                    .wrongType, at: node, "'\(word)' needs a value", remedy: "write '\(word): …'")
                return nil
            },
            write: { value in cases.lazy.compactMap { $0.write(value) }.first ?? .null },
            schema: { definitions in
                definitions.reference(name) { definitions in
                    var forms: [SpecValue] = []
                    let bare = cases.filter(\.isBare)
                    if !bare.isEmpty { forms.append(["enum": .list(bare.map { .string($0.key) })]) }
                    for form in cases {
                        forms.append([
                            "type": "object", "description": .string(form.documentation),
                            "properties": .map([SpecValue.Pair(form.key, form.schema(&definitions))]),
                            "required": [.string(form.key)], "additionalProperties": false,
                        ])
                    }
                    return ["description": .string(documentation), "oneOf": .list(forms)]
                }
            })
    }

    /// A value that may be written short: a scalar or list is read by `short`, a map by this type; it is written in full.
    public func orShort<Short: Sendable>(
        _ short: SpecType<Short>, _ expand: @escaping @Sendable (Short) -> Value
    ) -> SpecType {
        SpecType(
            summary: short.summary + ", or " + summary,
            read: { node, problems in
                if case .map = node.content { return read(node, &problems) }
                return short.read(node, &problems).map(expand)
            }, write: write,
            schema: { definitions in ["anyOf": [short.schema(&definitions), schema(&definitions)]] })
    }
}

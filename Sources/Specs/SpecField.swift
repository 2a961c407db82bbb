/// One key of an object in a spec: its name, type, place in the value, and what it means.
public struct SpecField<Root: Sendable>: Sendable {
    /// The key.
    public let key: String
    /// What it means, in a sentence.
    public let documentation: String
    /// Whether it must be given.
    public let isRequired: Bool
    /// What may stand there.
    public let summary: String
    let read: @Sendable (SpecNode, inout SpecProblems, inout Root) -> Void
    let write: @Sendable (Root) -> SpecValue
    let schema: @Sendable (inout SpecDefinitions) -> SpecValue

    /// A key with a default: the value that the object's initial value has there.
    public init<Value: Sendable>(
        _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ type: SpecType<Value>,
        _ documentation: String
    ) {
        self.init(key, path, type, documentation, isRequired: false)
    }

    /// A key that must be given.
    public static func required<Value: Sendable>(
        _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ type: SpecType<Value>,
        _ documentation: String
    ) -> SpecField {
        SpecField(key, path, type, documentation, isRequired: true)
    }

    private init<Value: Sendable>(
        _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ type: SpecType<Value>,
        _ documentation: String, isRequired: Bool
    ) {
        self.key = key
        self.documentation = documentation
        self.isRequired = isRequired
        summary = type.summary
        read = { node, problems, root in
            if let value = type.read(node, &problems) { root[keyPath: path] = value }
        }
        write = { type.write($0[keyPath: path]) }
        schema = type.schema
    }
}

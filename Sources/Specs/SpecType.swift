/// How a kind of value is read from a spec, written into the effective spec, and described; all from one declaration.
public struct SpecType<Value: Sendable>: Sendable {
    /// What is expected, for messages and documentation: `a duration such as 50 ms`.
    public let summary: String
    /// Reads a node; reports what is wrong and gives `nil`.
    public let read: @Sendable (SpecNode, inout SpecProblems) -> Value?
    /// Writes a value so that `read` gives it back.
    public let write: @Sendable (Value) -> SpecValue
    /// The JSON Schema of the values; definitions of objects are added to the collection and referred to.
    public let schema: @Sendable (inout SpecDefinitions) -> SpecValue

    /// Makes a type from its parts.
    public init(
        summary: String, read: @escaping @Sendable (SpecNode, inout SpecProblems) -> Value?,
        write: @escaping @Sendable (Value) -> SpecValue,
        schema: @escaping @Sendable (inout SpecDefinitions) -> SpecValue
    ) {
        self.summary = summary
        self.read = read
        self.write = write
        self.schema = schema
    }

    /// The same type with a further rule: `rule` gives the reason why a value is refused, or `nil`.
    public func checked(_ rule: @escaping @Sendable (Value) -> String?) -> SpecType {
        SpecType(
            summary: summary,
            read: { node, problems in
                guard let value = read(node, &problems) else { return nil }
                if let reason = rule(value) {
                    problems.report(.invalidValue, at: node, reason)
                    return nil
                }
                return value
            }, write: write, schema: schema)
    }

    /// The same texts under another Swift type: `convert` gives `nil` for values that have no counterpart.
    public func mapped<Other: Sendable>(
        summary: String? = nil, to convert: @escaping @Sendable (Value) -> Other?,
        from revert: @escaping @Sendable (Other) -> Value
    ) -> SpecType<Other> {
        let expectation = summary ?? self.summary
        return SpecType<Other>(
            summary: expectation,
            read: { node, problems in
                guard let value = read(node, &problems) else { return nil }
                if let other = convert(value) { return other }
                problems.expected(expectation, at: node)
                return nil
            }, write: { write(revert($0)) }, schema: schema)
    }

    /// A type that is asked for when it is first used, so that an object may contain itself.
    ///
    /// The object's declaration then needs its type written out: `static let spec: SpecObject<Tree> = …`.
    public static func deferred(_ summary: String, _ type: @escaping @Sendable () -> SpecType) -> SpecType {
        SpecType(
            summary: summary, read: { type().read($0, &$1) }, write: { type().write($0) },
            schema: { type().schema(&$0) })
    }
}

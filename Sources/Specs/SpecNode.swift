/// A node of a spec's text with its place, before it has a meaning.
public struct SpecNode: Sendable, Hashable {
    /// A key, its place and its value.
    public struct Entry: Sendable, Hashable {
        /// The key.
        public let key: String
        /// Where the key stands.
        public let mark: SpecMark
        /// The value.
        public let value: SpecNode
    }

    /// What the node is.
    public indirect enum Content: Sendable, Hashable {
        /// A scalar.
        case scalar(SpecScalar)
        /// A list.
        case list([SpecNode])
        /// Keys and values, in order; no key twice.
        case map([Entry])
    }

    /// What the node is.
    public let content: Content
    /// Where it begins.
    public let mark: SpecMark
    /// The path of keys to it: `stacks[0].threads`; empty for the root.
    public let path: String

    /// The scalar, when it is one.
    public var scalar: SpecScalar? { if case .scalar(let scalar) = content { scalar } else { nil } }

    /// The path of a key below this node.
    public func path(of key: String) -> String { path.isEmpty ? key : path + "." + key }

    /// What stands here, for a message: `the text 'x'`, `a list of 3`, `a map`.
    public var found: String {
        switch content {
        case .list(let elements): "a list of \(elements.count)"
        case .map(let entries): entries.isEmpty ? "an empty map" : "a map with the key '\(entries[0].key)'"
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: "nothing"
            case .bool(let value): "the truth value \(value)"
            case .int, .double: "the number \(scalar.text)"
            default: "the text '\(scalar.text.prefix(60))'"
            }
        }
    }

    /// The tree below this node, as the core schema of YAML reads it.
    public var value: SpecValue {
        switch content {
        case .scalar(let scalar): scalar.resolved
        case .list(let elements): .list(elements.map(\.value))
        case .map(let entries): .map(entries.map { SpecValue.Pair($0.key, $0.value.value) })
        }
    }
}

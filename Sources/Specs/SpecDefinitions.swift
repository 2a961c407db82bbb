/// The named definitions that a JSON Schema refers to.
public struct SpecDefinitions: Sendable {
    private(set) var definitions: [String: SpecValue] = [:]

    init() {}

    /// The reference to a definition; makes it the first time it is asked for.
    mutating func reference(_ name: String, _ make: (inout SpecDefinitions) -> SpecValue) -> SpecValue {
        if definitions[name] == nil {
            // Entered before it is made, so that a type may contain itself.
            definitions[name] = .bool(true)
            definitions[name] = make(&self)
        }
        return ["$ref": .string("#/$defs/\(name)")]
    }

    /// The definitions in the order of their names.
    var tree: SpecValue {
        .map(definitions.sorted { $0.key < $1.key }.map { SpecValue.Pair($0.key, $0.value) })
    }
}

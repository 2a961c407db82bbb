/// A value under a name of the user's choice.
public struct SpecNamed<Value: Sendable>: Sendable {
    /// The name.
    public var name: String
    /// The value.
    public var value: Value

    /// Makes a named value.
    public init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }
}

extension SpecNamed: Equatable where Value: Equatable {}
extension SpecNamed: Hashable where Value: Hashable {}

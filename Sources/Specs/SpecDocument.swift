/// A spec that was read: its value, and the effective spec with every default filled in.
public struct SpecDocument<Value: Sendable>: Sendable {
    /// The value.
    public let value: Value
    /// The effective spec; reading it gives the same value.
    public let effective: SpecValue
    /// The file, as the user named it.
    public let file: String

    /// Makes a document of a value that did not come from a file as it is.
    public init(value: Value, effective: SpecValue, file: String) {
        self.value = value
        self.effective = effective
        self.file = file
    }
}

extension SpecDocument: Equatable where Value: Equatable {}

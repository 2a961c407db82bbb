extension Bytes {
    /// The bytes read as UTF-8; `nil` when they are not valid.
    public var text: String? {
        withUnsafeBytes { String(validating: $0, as: UTF8.self) }
    }
}

extension Bytes {
    /// Copies numbers, little-endian on every machine that Assay runs on.
    public init<Element: BitwiseCopyable>(copyingElements elements: [Element]) {
        self = elements.withUnsafeBytes { Bytes(copying: $0) }
    }
}

public import Tensors

/// The bytes of a file and what messages call it.
public struct SampleFile: Sendable, Hashable {
    /// The path, or a name inside an archive.
    public let name: String
    /// The content.
    public let bytes: Bytes

    /// Makes a file in memory.
    public init(name: String, bytes: Bytes) {
        self.name = name
        self.bytes = bytes
    }
}

public import Tensors

/// A field that the reader keeps without interpreting it, so that writing the model loses nothing.
public struct UnknownField: Sendable, Hashable {
    /// The field number in its message.
    public var number: Int
    /// The whole field as it stood in the file: tag, length and value.
    public var encoded: Bytes

    /// Makes a field.
    public init(number: Int, encoded: Bytes) {
        self.number = number
        self.encoded = encoded
    }
}

/// How the value of a field is laid out, from the low three bits of its tag.
public enum WireType: UInt8, Sendable, Hashable {
    /// A number in seven-bit groups, the low ones first.
    case varint = 0
    /// Eight bytes, little-endian.
    case fixed64 = 1
    /// A length and that many bytes: a message, a string, or a packed array.
    case lengthDelimited = 2
    /// The start of a group; deprecated and refused.
    case startGroup = 3
    /// The end of a group; deprecated and refused.
    case endGroup = 4
    /// Four bytes, little-endian.
    case fixed32 = 5
}

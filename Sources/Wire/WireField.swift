/// One field of a message: its number, its layout, and its value or where the value lies.
public struct WireField: Sendable, Hashable {
    /// The field number, 1 to 2^29 − 1.
    public let number: Int
    /// How the value is laid out.
    public let type: WireType
    /// The byte at which the tag starts.
    public let offset: Int
    /// The number, for varints and fixed-width values; 0 otherwise.
    public let value: UInt64
    /// The bytes of the value without tag and length.
    public let payload: Range<Int>

    /// Makes a field.
    public init(number: Int, type: WireType, offset: Int, value: UInt64, payload: Range<Int>) {
        self.number = number
        self.type = type
        self.offset = offset
        self.value = value
        self.payload = payload
    }

    /// Tag, length and value together: what to copy to keep the field as it is.
    public var extent: Range<Int> { offset..<payload.upperBound }
}

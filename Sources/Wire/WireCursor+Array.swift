extension WireCursor {
    /// The next field of a message that lies inside an array; `nil` at the end of the message.
    ///
    /// - Throws: `WireError` that names the byte.
    public mutating func next(in bytes: [UInt8]) throws(WireError) -> WireField? { try next(in: bytes.span.bytes) }
}

extension PackedArray {
    /// The varints of a packed field inside an array, in order.
    ///
    /// - Throws: `WireError` that names the byte.
    public static func varints(in bytes: [UInt8], payload: Range<Int>) throws(WireError) -> [UInt64] {
        try varints(in: bytes.span.bytes, payload: payload)
    }
}

/// Reads packed repeated fields: many numbers in one length-delimited field.
public enum PackedArray {
    /// The varints of a packed field, in order; memory is taken for as many as really end inside it.
    ///
    /// - Throws: `WireError` that names the byte.
    public static func varints(in span: borrowing RawSpan, payload: Range<Int>) throws(WireError) -> [UInt64] {
        guard payload.upperBound <= span.byteCount else {
            throw WireError(.truncated, offset: span.byteCount, reason: "the array ends at byte \(payload.upperBound)")
        }
        var count = 0
        for index in payload where span.unsafeLoadUnaligned(fromByteOffset: index, as: UInt8.self) < 0x80 { count += 1 }
        var values: [UInt64] = []
        values.reserveCapacity(count)
        var cursor = WireCursor(payload)
        while cursor.position < cursor.end { values.append(try cursor.varint(in: span)) }
        return values
    }

    /// The 32-bit values of a packed field, in order.
    ///
    /// - Throws: `WireError` when the length is no multiple of four.
    public static func fixed32(in span: borrowing RawSpan, payload: Range<Int>) throws(WireError) -> [UInt32] {
        guard payload.upperBound <= span.byteCount else {
            throw WireError(.truncated, offset: span.byteCount, reason: "the array ends at byte \(payload.upperBound)")
        }
        guard payload.count % 4 == 0 else {
            throw WireError(
                .raggedArray, offset: payload.lowerBound,
                reason: "\(payload.count) bytes are no whole number of 32-bit values")
        }
        var values: [UInt32] = []
        values.reserveCapacity(payload.count / 4)
        for index in stride(from: payload.lowerBound, to: payload.upperBound, by: 4) {
            values.append(UInt32(littleEndian: span.unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self)))
        }
        return values
    }
}

/// Walks the fields of one message that lies inside a span; a plain value that holds no memory.
///
/// Every read is checked against the end of the message, so a length that lies is an error and never a read outside,
/// and nothing is allocated.
public struct WireCursor: Sendable {
    /// The byte read next.
    public private(set) var position: Int
    /// The end of the message.
    public let end: Int

    /// Walks the message in the given bytes of a span.
    public init(_ message: Range<Int>) {
        position = message.lowerBound
        end = message.upperBound
    }

    /// The next field; `nil` at the end of the message.
    ///
    /// - Throws: `WireError` that names the byte.
    public mutating func next(in span: borrowing RawSpan) throws(WireError) -> WireField? {
        guard position < end else { return nil }
        guard end <= span.byteCount else {
            throw WireError(.truncated, offset: span.byteCount, reason: "the message should reach byte \(end)")
        }
        let start = position
        let tag = try varint(in: span)
        guard tag >> 3 > 0, tag >> 3 < 1 << 29, let type = WireType(rawValue: UInt8(tag & 7)) else {
            throw WireError(.invalidTag, offset: start, reason: "\(tag) is not the tag of a field")
        }
        let number = Int(tag >> 3)
        switch type {
        case .varint:
            let first = position
            let value = try varint(in: span)
            return WireField(number: number, type: type, offset: start, value: value, payload: first..<position)
        case .fixed64, .fixed32:
            let width = type == .fixed64 ? 8 : 4
            let payload = try take(width, of: number)
            var value: UInt64 = 0
            for index in payload.reversed() { value = value << 8 | UInt64(byte(at: index, in: span)) }
            return WireField(number: number, type: type, offset: start, value: value, payload: payload)
        case .lengthDelimited:
            let lengthOffset = position
            let length = try varint(in: span)
            guard length <= UInt64(end - position) else {
                throw WireError(
                    .lengthOutside, offset: lengthOffset,
                    reason: "field \(number) claims \(length) bytes and \(end - position) are left")
            }
            return WireField(
                number: number, type: type, offset: start, value: 0, payload: try take(Int(length), of: number))
        case .startGroup, .endGroup:
            throw WireError(.group, offset: start, reason: "field \(number) is a group, which is not supported")
        }
    }

    /// Reads one varint.
    mutating func varint(in span: borrowing RawSpan) throws(WireError) -> UInt64 {
        let start = position
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < end {
            let byte = byte(at: position, in: span)
            position += 1
            guard shift < 63 || byte <= 1 else { break }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        guard position < end || shift >= 63 else {
            throw WireError(.truncated, offset: start, reason: "the message ends inside a number")
        }
        throw WireError(.varintTooLong, offset: start, reason: "a number does not fit 64 bits")
    }

    private mutating func take(_ count: Int, of number: Int) throws(WireError) -> Range<Int> {
        guard count <= end - position else {
            throw WireError(
                .truncated, offset: position,
                reason: "field \(number) needs \(count) bytes and \(end - position) are left")
        }
        let payload = position..<position + count
        position += count
        return payload
    }

    private func byte(at index: Int, in span: borrowing RawSpan) -> UInt8 {
        span.unsafeLoadUnaligned(fromByteOffset: index, as: UInt8.self)
    }
}

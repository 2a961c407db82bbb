/// Builds a protobuf message from fields; large payloads are kept by reference and never copied while building.
///
/// `Payload` is whatever the caller's bytes are; the writer needs only their count. The finished message is a sequence of
/// `segments` to be written one after the other.
public struct WireWriter<Payload> {
    /// One stretch of the finished message.
    public enum Segment {
        /// Bytes that the writer made.
        case bytes(ArraySlice<UInt8>)
        /// A payload of the caller, whole.
        case payload(Payload)
    }

    struct Splice {
        var position: Int
        var payload: Payload
    }

    private var buffer: [UInt8] = []
    private var splices: [Splice] = []
    /// The number of bytes of the message so far, payloads included.
    public private(set) var count = 0

    /// Starts an empty message.
    public init() {}

    /// Writes a number as a varint.
    public mutating func varint(_ number: Int, _ value: UInt64) {
        tag(number, .varint)
        raw(value)
    }

    /// Writes a signed number as a varint: ten bytes when it is negative, as `int64` and `int32` are.
    public mutating func integer(_ number: Int, _ value: Int) {
        varint(number, UInt64(bitPattern: Int64(value)))
    }

    /// Writes a 32-bit float.
    public mutating func float(_ number: Int, _ value: Float) {
        tag(number, .fixed32)
        littleEndian(value.bitPattern)
    }

    /// Writes a 64-bit float.
    public mutating func double(_ number: Int, _ value: Double) { fixed64(number, value.bitPattern) }

    /// Writes eight bytes, as `fixed64` and `sfixed64` are.
    public mutating func fixed64(_ number: Int, _ value: UInt64) {
        tag(number, .fixed64)
        littleEndian(UInt32(truncatingIfNeeded: value))
        littleEndian(UInt32(truncatingIfNeeded: value >> 32))
    }

    /// Writes a string as UTF-8.
    public mutating func string(_ number: Int, _ value: String) {
        tag(number, .lengthDelimited)
        raw(UInt64(value.utf8.count))
        let before = buffer.count
        buffer.append(contentsOf: value.utf8)
        count += buffer.count - before
    }

    /// Writes a length-delimited field whose bytes stay with the caller until the message is written out.
    public mutating func payload(_ number: Int, _ payload: Payload, count length: Int) {
        tag(number, .lengthDelimited)
        raw(UInt64(length))
        splice(payload, count: length)
    }

    /// Writes bytes that are already a whole field, tag included.
    public mutating func field(encoded: Payload, count length: Int) {
        splice(encoded, count: length)
    }

    /// Writes a packed array of varints; an empty one is not written.
    public mutating func packed(_ number: Int, _ values: some Collection<Int>) {
        guard !values.isEmpty else { return }
        var inner = WireWriter()
        for value in values { inner.raw(UInt64(bitPattern: Int64(value))) }
        message(number, inner)
    }

    /// Writes a packed array of 32-bit floats; an empty one is not written.
    public mutating func packed(_ number: Int, _ values: some Collection<Float>) {
        guard !values.isEmpty else { return }
        tag(number, .lengthDelimited)
        raw(UInt64(values.count) * 4)
        buffer.reserveCapacity(buffer.count + values.count * 4)
        for value in values { littleEndian(value.bitPattern) }
    }

    /// Writes a finished message as a field of this one.
    public mutating func message(_ number: Int, _ inner: WireWriter) {
        tag(number, .lengthDelimited)
        raw(UInt64(inner.count))
        let start = buffer.count
        buffer.append(contentsOf: inner.buffer)
        for splice in inner.splices {
            splices.append(Splice(position: start + splice.position, payload: splice.payload))
        }
        count += inner.count
    }

    /// Writes a message that `body` fills as a field of this one.
    public mutating func message<Failure: Error>(
        _ number: Int, _ body: (inout WireWriter) throws(Failure) -> Void
    ) throws(Failure) {
        var inner = WireWriter()
        try body(&inner)
        message(number, inner)
    }

    /// The message in the order it is to be written.
    public var segments: [Segment] {
        var segments: [Segment] = []
        segments.reserveCapacity(splices.count * 2 + 1)
        var start = 0
        for splice in splices {
            if splice.position > start { segments.append(.bytes(buffer[start..<splice.position])) }
            segments.append(.payload(splice.payload))
            start = splice.position
        }
        if start < buffer.count { segments.append(.bytes(buffer[start...])) }
        return segments
    }

    private mutating func tag(_ number: Int, _ type: WireType) {
        raw(UInt64(number) << 3 | UInt64(type.rawValue))
    }

    private mutating func raw(_ value: UInt64) {
        var rest = value
        let before = buffer.count
        while rest >= 0x80 {
            buffer.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        buffer.append(UInt8(rest))
        count += buffer.count - before
    }

    private mutating func littleEndian(_ value: UInt32) {
        for shift in stride(from: 0, to: 32, by: 8) { buffer.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
        count += 4
    }

    private mutating func splice(_ payload: Payload, count length: Int) {
        guard length > 0 else { return }
        splices.append(Splice(position: buffer.count, payload: payload))
        count += length
    }
}

extension WireWriter: Sendable where Payload: Sendable {}
extension WireWriter.Segment: Sendable where Payload: Sendable {}
extension WireWriter.Splice: Sendable where Payload: Sendable {}

import Testing
import Wire

/// Reads all fields of bytes as one message.
func fields(_ bytes: [UInt8]) throws -> [WireField] {
    let span = bytes.span.bytes
    var cursor = WireCursor(0..<bytes.count)
    var fields: [WireField] = []
    while let field = try cursor.next(in: span) { fields.append(field) }
    return fields
}

@Suite("Reading the wire format")
struct WireCursorTests {
    @Test("The examples of the format's own description")
    func documentedExamples() throws {
        // https://protobuf.dev/programming-guides/encoding/: 150 in field 1, "testing" in field 2.
        #expect(try fields([0x08, 0x96, 0x01]).map(\.value) == [150])
        let text = try fields([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67])
        #expect(text.map(\.payload) == [2..<9])
        #expect(text.map(\.number) == [2])
        #expect(text.map(\.extent) == [0..<9])
    }

    @Test("Fixed widths are little-endian")
    func fixedWidths() throws {
        let read = try fields([0x0D, 1, 2, 3, 4, 0x11, 1, 0, 0, 0, 0, 0, 0, 0x80])
        #expect(read.map(\.value) == [0x0403_0201, 0x8000_0000_0000_0001])
        #expect(read.map(\.type) == [.fixed32, .fixed64])
    }

    @Test("The largest and the negative numbers take ten bytes")
    func tenByteVarints() throws {
        let all = [UInt8](repeating: 0xFF, count: 9) + [1]
        #expect(try fields([0x08] + all).map(\.value) == [.max])
    }

    @Test(
        "What is malformed is named with its byte",
        arguments: [
            ([0x08], WireError.Code.truncated, 1),
            ([0x08, 0x80], .truncated, 1),
            ([0x08] + [UInt8](repeating: 0x80, count: 10), .varintTooLong, 1),
            ([0x08] + [UInt8](repeating: 0xFF, count: 9) + [2], .varintTooLong, 1),
            ([0x00], .invalidTag, 0),
            ([0x0E], .invalidTag, 0),
            ([0x0B], .group, 0),
            ([0x0C], .group, 0),
            ([0x08, 0x01, 0x12, 0x05, 0x00], .lengthOutside, 3),
            ([0x12] + [UInt8](repeating: 0xFF, count: 9) + [1], .lengthOutside, 1),
            ([0x0D, 1, 2, 3], .truncated, 1),
            ([0x11, 1, 2, 3, 4], .truncated, 1),
        ] as [([UInt8], WireError.Code, Int)])
    func malformed(bytes: [UInt8], code: WireError.Code, offset: Int) {
        let error = #expect(throws: WireError.self) { try fields(bytes) }
        #expect(error?.code == code)
        #expect(error?.offset == offset)
    }

    @Test("A message said to be longer than its span is refused")
    func cursorBeyondSpan() {
        let bytes: [UInt8] = [0x08, 0x01]
        var cursor = WireCursor(0..<100)
        #expect(throws: WireError.self) { try cursor.next(in: bytes.span.bytes) }
    }
}

@Suite("Packed arrays")
struct PackedArrayTests {
    @Test("Varints come back in order")
    func varints() throws {
        let bytes: [UInt8] = [3, 0x8E, 0x02, 0x9E, 0xA7, 0x05]
        #expect(try PackedArray.varints(in: bytes.span.bytes, payload: 0..<6) == [3, 270, 86942])
    }

    @Test("A number cut off at the end, and a ragged array, are refused")
    func cut() {
        let bytes: [UInt8] = [3, 0x8E]
        #expect(throws: WireError.self) { try PackedArray.varints(in: bytes.span.bytes, payload: 0..<2) }
        #expect(throws: WireError.self) { try PackedArray.fixed32(in: bytes.span.bytes, payload: 0..<2) }
        #expect(throws: WireError.self) { try PackedArray.fixed32(in: bytes.span.bytes, payload: 0..<8) }
    }
}

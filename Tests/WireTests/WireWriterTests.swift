import Testing
import Wire

/// The bytes of a finished message.
func bytes(_ writer: WireWriter<[UInt8]>) -> [UInt8] {
    writer.segments.flatMap { segment in
        switch segment {
        case .bytes(let slice): Array(slice)
        case .payload(let payload): payload
        }
    }
}

@Suite("Writing the wire format")
struct WireWriterTests {
    @Test("Numbers, text and messages read back as they were written")
    func roundTrip() throws {
        var inner = WireWriter<[UInt8]>()
        inner.string(1, "é漢")
        inner.payload(2, [7, 8, 9], count: 3)
        var writer = WireWriter<[UInt8]>()
        writer.integer(1, -1)
        writer.varint(536_870_911, 300)
        writer.float(3, 1.5)
        writer.message(4, inner)
        writer.packed(5, [0, -1, 128])
        writer.packed(6, [Float(0.25), -2])
        writer.field(encoded: [0x38, 0x05], count: 2)
        let encoded = bytes(writer)
        #expect(encoded.count == writer.count)
        let read = try fields(encoded)
        #expect(read.map(\.number) == [1, 536_870_911, 3, 4, 5, 6, 7])
        #expect(read[0].value == .max)
        #expect(read[1].value == 300)
        #expect(Float(bitPattern: UInt32(read[2].value)) == 1.5)
        #expect(read[6].value == 5)
        let message = try fields(Array(encoded[read[3].payload]))
        #expect(message.map(\.number) == [1, 2])
        let span = encoded.span.bytes
        #expect(try PackedArray.varints(in: span, payload: read[4].payload) == [0, .max, 128])
        #expect(
            try PackedArray.fixed32(in: span, payload: read[5].payload)
                == [Float(0.25).bitPattern, Float(-2).bitPattern])
    }

    @Test("Eight bytes are little-endian, as a number and as a double")
    func eightBytes() throws {
        var writer = WireWriter<[UInt8]>()
        writer.fixed64(1, 0x0102_0304_0506_0708)
        writer.double(2, -0.1)
        let encoded = bytes(writer)
        #expect(encoded.count == writer.count)
        #expect(encoded.prefix(9) == [0x09, 8, 7, 6, 5, 4, 3, 2, 1])
        let read = try fields(encoded)
        #expect(read.map(\.type) == [.fixed64, .fixed64])
        #expect(read[1].value == (-0.1).bitPattern)
    }

    @Test("Payloads keep their place through nesting and are not copied")
    func nestedPayloads() throws {
        var writer = WireWriter<[UInt8]>()
        for index in 0..<3 {
            writer.message(1) { middle in
                middle.message(2) { inner in
                    inner.varint(3, UInt64(index))
                    inner.payload(4, [UInt8](repeating: UInt8(index), count: 200), count: 200)
                    inner.varint(5, 9)
                }
            }
        }
        let payloads = writer.segments.count { if case .payload = $0 { true } else { false } }
        #expect(payloads == 3)
        let encoded = bytes(writer)
        for (index, outer) in try fields(encoded).enumerated() {
            let middle = Array(encoded[outer.payload])
            let inner = try Array(middle[#require(fields(middle).first).payload])
            let read = try fields(inner)
            #expect(read.map(\.number) == [3, 4, 5])
            #expect(inner[read[1].payload].allSatisfy { $0 == UInt8(index) })
        }
    }

    @Test("Empty arrays and payloads")
    func empty() throws {
        var writer = WireWriter<[UInt8]>()
        writer.packed(1, [Int]())
        writer.payload(2, [], count: 0)
        #expect(bytes(writer) == [0x12, 0x00])
    }
}

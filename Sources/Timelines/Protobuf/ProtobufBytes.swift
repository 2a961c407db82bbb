import Wire

/// A protobuf message being written.
typealias ProtobufWriter = WireWriter<[UInt8]>

extension WireWriter<[UInt8]> {
    /// The finished message.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for segment in segments {
            switch segment {
            case .bytes(let slice): bytes.append(contentsOf: slice)
            case .payload(let payload): bytes.append(contentsOf: payload)
            }
        }
        return bytes
    }

    /// Writes a number of an `int64` field.
    mutating func signed(_ number: Int, _ value: Int64) { varint(number, UInt64(bitPattern: value)) }

    /// Writes a truth value.
    mutating func bool(_ number: Int, _ value: Bool) { varint(number, value ? 1 : 0) }
}

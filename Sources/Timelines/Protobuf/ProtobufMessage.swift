import Wire

/// A protobuf message of a file being walked: its fields with their values checked, and errors that name file and byte.
struct ProtobufMessage {
    private let bytes: [UInt8]
    private let subject: String
    private var cursor: WireCursor

    /// The whole file.
    init(_ bytes: [UInt8], subject: String) {
        self.init(bytes, subject: subject, cursor: WireCursor(0..<bytes.count))
    }

    private init(_ bytes: [UInt8], subject: String, cursor: WireCursor) {
        self.bytes = bytes
        self.subject = subject
        self.cursor = cursor
    }

    /// The next field; `nil` at the end of the message.
    mutating func next() throws(TimelineError) -> WireField? {
        var moved = cursor
        let field: WireField?
        do throws(WireError) {
            field = try moved.next(in: bytes)
        } catch {
            throw TimelineError(.malformed, subject: "\(subject), byte \(error.offset)", reason: error.reason)
        }
        cursor = moved
        return field
    }

    /// The message in a field.
    func message(_ field: WireField) throws(TimelineError) -> ProtobufMessage {
        try expect(.lengthDelimited, field)
        return ProtobufMessage(bytes, subject: subject, cursor: WireCursor(field.payload))
    }

    /// A field's bytes.
    func data(_ field: WireField) throws(TimelineError) -> [UInt8] {
        try expect(.lengthDelimited, field)
        return Array(bytes[field.payload])
    }

    /// A field's text.
    func text(_ field: WireField) throws(TimelineError) -> String {
        try expect(.lengthDelimited, field)
        guard let text = String(validating: bytes[field.payload], as: UTF8.self) else {
            throw failure(field, "field \(field.number) is not UTF-8")
        }
        return text
    }

    /// A field's number, as written.
    func unsigned(_ field: WireField) throws(TimelineError) -> UInt64 {
        try expect(.varint, field)
        return field.value
    }

    /// The number of an `int32` or `int64` field.
    func signed(_ field: WireField) throws(TimelineError) -> Int64 { Int64(bitPattern: try unsigned(field)) }

    /// The number of a `double` field.
    func double(_ field: WireField) throws(TimelineError) -> Double { Double(bitPattern: try fixed64(field)) }

    /// The number of a `fixed64` field.
    func fixed64(_ field: WireField) throws(TimelineError) -> UInt64 {
        try expect(.fixed64, field)
        return field.value
    }

    /// The numbers of a repeated varint field, packed or not.
    func varints(_ field: WireField) throws(TimelineError) -> [UInt64] {
        guard field.type == .lengthDelimited else { return [try unsigned(field)] }
        do throws(WireError) {
            return try PackedArray.varints(in: bytes, payload: field.payload)
        } catch {
            throw TimelineError(.malformed, subject: "\(subject), byte \(error.offset)", reason: error.reason)
        }
    }

    /// An error at a field.
    func failure(_ field: WireField, _ reason: String, code: TimelineError.Code = .malformed) -> TimelineError {
        TimelineError(code, subject: "\(subject), byte \(field.offset)", reason: reason)
    }

    private func expect(_ type: WireType, _ field: WireField) throws(TimelineError) {
        guard field.type == type else {
            throw failure(field, "field \(field.number) has wire type \(field.type.rawValue), not \(type.rawValue)")
        }
    }
}

import Tensors
import Wire

/// Decodes one ONNX file (onnx.proto of ONNX 1.23, IR version 14 and before).
final class ONNXReader {
    let bytes: Bytes
    let name: String
    let limits: ReadLimits
    let external: ExternalDataFolder
    private var charged = 0

    init(bytes: Bytes, name: String, limits: ReadLimits, external: ExternalDataFolder) {
        self.bytes = bytes
        self.name = name
        self.limits = limits
        self.external = external
    }

    /// A message being walked, and how many messages it lies in.
    struct Message {
        var cursor: WireCursor
        let depth: Int
        let offset: Int
    }

    /// Starts on the message at the top of the file.
    func top(_ range: Range<Int>) -> Message { Message(cursor: WireCursor(range), depth: 0, offset: range.lowerBound) }

    /// Starts on the message in a field of another.
    func enter(_ field: WireField, in parent: Message) throws(GraphError) -> Message {
        try expect(.lengthDelimited, field)
        guard parent.depth < limits.maximumDepth else {
            throw GraphError(
                .tooDeep, subject: at(field.offset), reason: "messages are nested more than \(limits.maximumDepth) deep"
            )
        }
        return Message(cursor: WireCursor(field.payload), depth: parent.depth + 1, offset: field.offset)
    }

    /// The next field of a message.
    func next(_ message: inout Message) throws(GraphError) -> WireField? {
        var cursor = message.cursor
        do {
            let field = try bytes.withSpan { (span) throws(WireError) in try cursor.next(in: span) }
            message.cursor = cursor
            return field
        } catch { throw malformed(error) }
    }

    /// A field's text.
    func text(_ field: WireField) throws(GraphError) -> String {
        guard let text = try slice(field).text else {
            throw GraphError(
                .invalidText, subject: at(field.offset), reason: "field \(field.number) is not valid UTF-8")
        }
        try charge(MemoryLayout<String>.stride + field.payload.count, at: field)
        return text
    }

    /// A field's bytes, as a slice of the file.
    func slice(_ field: WireField) throws(GraphError) -> Bytes {
        try expect(.lengthDelimited, field)
        guard let slice = bytes.slice(field.payload) else { throw unexpected(field) }
        return slice
    }

    /// A field's number.
    func integer(_ field: WireField) throws(GraphError) -> Int {
        try expect(.varint, field)
        return Int(Int64(bitPattern: field.value))
    }

    /// A field's 32-bit float.
    func float(_ field: WireField) throws(GraphError) -> Float {
        try expect(.fixed32, field)
        return Float(bitPattern: UInt32(truncatingIfNeeded: field.value))
    }

    /// Appends the numbers of a repeated field, packed or not.
    func append(_ field: WireField, to values: inout [Int]) throws(GraphError) {
        guard field.type == .lengthDelimited else {
            try charge(MemoryLayout<Int>.stride, at: field)
            values.append(try integer(field))
            return
        }
        for value in try varints(field) { values.append(Int(Int64(bitPattern: value))) }
    }

    /// Appends the floats of a repeated field, packed or not.
    func append(_ field: WireField, to values: inout [Float]) throws(GraphError) {
        guard field.type == .lengthDelimited else {
            try charge(MemoryLayout<Float>.stride, at: field)
            values.append(try float(field))
            return
        }
        try charge(field.payload.count, at: field)
        do {
            let patterns = try bytes.withSpan { (span) throws(WireError) in
                try PackedArray.fixed32(in: span, payload: field.payload)
            }
            values.append(contentsOf: patterns.lazy.map(Float.init(bitPattern:)))
        } catch { throw malformed(error) }
    }

    /// The numbers of a packed field.
    func varints(_ field: WireField) throws(GraphError) -> [UInt64] {
        try charge(field.payload.count * MemoryLayout<UInt64>.stride, at: field)
        do {
            return try bytes.withSpan { (span) throws(WireError) in
                try PackedArray.varints(in: span, payload: field.payload)
            }
        } catch { throw malformed(error) }
    }

    /// A field kept as it stands.
    func unknown(_ field: WireField) throws(GraphError) -> UnknownField {
        try charge(MemoryLayout<UnknownField>.stride, at: field)
        guard let encoded = bytes.slice(field.extent) else { throw unexpected(field) }
        return UnknownField(number: field.number, encoded: encoded)
    }

    /// Counts memory that decoding takes against the limit.
    func charge(_ byteCount: Int, at field: WireField) throws(GraphError) {
        charged += byteCount
        guard charged <= limits.maximumDecodedBytes else {
            throw GraphError(
                .tooLarge, subject: at(field.offset),
                reason: "decoding takes more than \(limits.maximumDecodedBytes) bytes of memory",
                remedy: "raise the limit if the file is to be trusted")
        }
    }

    /// Refuses a second occurrence of what may stand once.
    func once<Value>(_ present: Value?, _ field: WireField) throws(GraphError) {
        guard present == nil else {
            throw GraphError(
                .unexpectedField, subject: at(field.offset),
                reason: "field \(field.number) stands twice where it may stand once")
        }
    }

    private func expect(_ type: WireType, _ field: WireField) throws(GraphError) {
        guard field.type == type else { throw unexpected(field) }
    }

    func unexpected(_ field: WireField) -> GraphError {
        GraphError(
            .unexpectedField, subject: at(field.offset),
            reason: "field \(field.number) is laid out as \(field.type), which the ONNX schema does not give it",
            remedy: "check that the file is an ONNX model")
    }

    private func malformed(_ error: WireError) -> GraphError {
        GraphError(
            .malformed, subject: at(error.offset), reason: error.reason,
            remedy: "check that the file is an ONNX model and complete")
    }

    /// A place in the file, as messages name it.
    func at(_ offset: Int) -> String { "\(name), byte \(offset)" }
}

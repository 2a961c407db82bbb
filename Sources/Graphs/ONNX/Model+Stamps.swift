public import Tensors
import Wire

extension Model {
    /// A serialised model under other version stamps; every other byte stays.
    ///
    /// Engines refuse a file whose `ir_version` or operator set is newer than they are, whatever is in it. Whether the
    /// nodes mean the same in another operator set is the caller's concern. Operator sets of functions stay as they are.
    ///
    /// - Parameters:
    ///   - irVersion: the stamp of the file format.
    ///   - opset: the operator set of the standard domain.
    /// - Throws: `GraphError` of code `malformed` where the bytes are no message.
    public static func restamped(
        _ bytes: Bytes, irVersion: Int, opset: Int, name: String = "model"
    ) throws(GraphError) -> Bytes {
        var writer = WireWriter<Bytes>()
        do {
            var cursor = WireCursor(0..<bytes.count)
            while let field = try next(&cursor, bytes) {
                switch field.number {
                case 1: writer.integer(1, irVersion)
                case 8: writer.message(8, try operatorSet(field.payload, bytes, opset: opset))
                default: if let kept = bytes.slice(field.extent) { writer.field(encoded: kept, count: kept.count) }
                }
            }
        } catch {
            throw GraphError(.malformed, subject: "\(name), byte \(error.offset)", reason: error.reason)
        }
        return Bytes(concatenating: ONNXWriter.parts(of: writer))
    }

    /// `OperatorSetIdProto`, with another version where it is the standard domain's.
    private static func operatorSet(
        _ range: Range<Int>, _ bytes: Bytes, opset: Int
    ) throws(WireError) -> WireWriter<Bytes> {
        var domain = ""
        var fields: [WireField] = []
        var cursor = WireCursor(range)
        while let field = try next(&cursor, bytes) {
            fields.append(field)
            if field.number == 1 { domain = bytes.slice(field.payload)?.text ?? "" }
        }
        var writer = WireWriter<Bytes>()
        for field in fields {
            if field.number == 2, Domain.normalized(domain).isEmpty {
                writer.integer(2, opset)
            } else if let kept = bytes.slice(field.extent) {
                writer.field(encoded: kept, count: kept.count)
            }
        }
        return writer
    }

    private static func next(_ cursor: inout WireCursor, _ bytes: Bytes) throws(WireError) -> WireField? {
        var walking = cursor
        let field = try bytes.withSpan { (span) throws(WireError) in try walking.next(in: span) }
        cursor = walking
        return field
    }
}

public import Foundation

/// The one way in which values of this module become JSON and back.
public enum JSONCoding {
    /// The JSON value of anything encodable.
    ///
    /// - Throws: `RecordError` of code `malformed`.
    public static func value(of thing: some Encodable) throws(RecordError) -> JSONValue {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        let data: Data
        do { data = try encoder.encode(thing) } catch {
            throw RecordError(.malformed, subject: "\(type(of: thing))", reason: "it cannot be written (\(error))")
        }
        return try parse(data)
    }

    /// The canonical JSON text of anything encodable.
    ///
    /// - Throws: `RecordError` of code `malformed`.
    public static func canonical(_ thing: some Encodable) throws(RecordError) -> String {
        try value(of: thing).canonical
    }

    /// Reads JSON.
    ///
    /// - Throws: `RecordError` of code `invalidJSON`, naming the byte.
    public static func parse(_ data: Data, subject: String = "JSON") throws(RecordError) -> JSONValue {
        try JSONParser.parse([UInt8](data), subject: subject)
    }

    /// Reads JSON.
    ///
    /// - Throws: `RecordError` of code `invalidJSON`, naming the byte.
    public static func parse(_ text: String, subject: String = "JSON") throws(RecordError) -> JSONValue {
        try JSONParser.parse(Array(text.utf8), subject: subject)
    }

    /// Reads a value of a type from JSON.
    ///
    /// - Throws: `RecordError` of code `malformed`, naming the member.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from data: Data, subject: String
    ) throws(RecordError) -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        do { return try decoder.decode(type, from: data) } catch {
            let (path, reason) = explanation(error)
            throw RecordError(.malformed, subject: path.isEmpty ? subject : "\(subject), \(path)", reason: reason)
        }
    }

    private static func explanation(_ error: any Error) -> (path: String, reason: String) {
        func path(_ keys: [any CodingKey]) -> String {
            keys.map { key in key.intValue.map { "[\($0)]" } ?? "." + key.stringValue }.joined()
        }
        return switch error {
        case DecodingError.keyNotFound(let key, let context):
            (path(context.codingPath), "the member '\(key.stringValue)' is missing")
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            (path(context.codingPath), context.debugDescription)
        default: ("", error.localizedDescription)
        }
    }
}

package import Foundation
package import Tensors

/// A message that arrived complete: header, JSON, tensors.
package struct IncomingMessage: Sendable {
    package var id: Int
    package var kind: MessageHeader.Kind
    package var control: Data
    package var tensors: [Tensor]

    /// Decodes the body.
    package func body<Body: Decodable>(_ type: Body.Type = Body.self) throws(ProtocolViolation) -> Body {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = MessageFloats.decoding
        decoder.userInfo[AttachmentTable.key] = AttachmentTable(tensors)
        do { return try decoder.decode(BodyOnly<Body>.self, from: control).body } catch {
            throw ProtocolViolation(
                "the body of \"\(kind.rawValue)\" is not as it should be: \(Self.explain(error))", offending: control)
        }
    }

    private struct BodyOnly<Body: Decodable>: Decodable { var body: Body }

    static func explain(_ error: any Error) -> String {
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        switch error as? DecodingError {
        case .keyNotFound(let key, let context): return "\(path(context)) lacks \"\(key.stringValue)\""
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            return path(context).isEmpty ? context.debugDescription : "\(path(context)): \(context.debugDescription)"
        default: return "\(error)"
        }
    }
}

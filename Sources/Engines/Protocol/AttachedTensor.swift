import Foundation
import Synchronization
public import Tensors

/// A tensor inside a Codable message of the worker protocol: the JSON holds its number, the elements travel beside it.
///
/// Encoding and decoding outside the protocol fails, since nothing would carry the elements.
public struct AttachedTensor: Sendable, Hashable, Codable {
    /// The tensor.
    public var tensor: Tensor

    /// Wraps a tensor.
    public init(_ tensor: Tensor) { self.tensor = tensor }

    /// Takes the tensor that a message carries under the decoded number.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let index = try container.decode(Int.self)
        guard let table = decoder.userInfo[AttachmentTable.key] as? AttachmentTable, let tensor = table[index] else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no tensor \(index) is attached")
        }
        self.tensor = tensor
    }

    /// Attaches the tensor to the message and encodes its number.
    public func encode(to encoder: any Encoder) throws {
        guard let table = encoder.userInfo[AttachmentTable.key] as? AttachmentTable else {
            throw EncodingError.invalidValue(
                self, .init(codingPath: encoder.codingPath, debugDescription: "nothing carries the elements here"))
        }
        var container = encoder.singleValueContainer()
        try container.encode(table.append(tensor))
    }
}

/// The tensors of one message, in the order of their numbers.
final class AttachmentTable: Sendable {
    static let key: CodingUserInfoKey = {
        guard let key = CodingUserInfoKey(rawValue: "assay.attachments") else { preconditionFailure("a constant name") }
        return key
    }()

    private let stored: Mutex<[Tensor]>

    init(_ tensors: [Tensor] = []) { stored = Mutex(tensors) }

    var tensors: [Tensor] { stored.withLock { $0 } }

    subscript(index: Int) -> Tensor? { stored.withLock { $0.indices.contains(index) ? $0[index] : nil } }

    func append(_ tensor: Tensor) -> Int {
        stored.withLock {
            $0.append(tensor)
            return $0.count - 1
        }
    }
}

import Foundation
import Tensors

/// A message whose control frame has arrived and whose tensors are arriving.
struct MessageAssembly {
    private let control: Data
    private let header: MessageHeader
    private let segment: Bytes?
    private var inline: [Bytes] = []
    private let inlineCounts: [Int]

    init(control: Data) throws(ProtocolViolation) {
        do { header = try JSONDecoder().decode(MessageHeader.self, from: control) } catch {
            throw ProtocolViolation(
                "a control frame is no message: \(IncomingMessage.explain(error))", offending: control)
        }
        let tensors = header.tensors ?? []
        guard tensors.count <= WorkerProtocol.mostTensors else {
            throw ProtocolViolation("a message of \(tensors.count) tensors", offending: control)
        }
        guard tensors.allSatisfy({ $0.bytes >= 0 && $0.bytes <= WorkerProtocol.longestDataFrame }) else {
            throw ProtocolViolation("a tensor of an impossible size", offending: control)
        }
        self.control = control
        inlineCounts = tensors.filter { $0.offset == nil }.map(\.bytes)
        if let described = header.segment { segment = try SharedSegment.map(described) } else { segment = nil }
    }

    /// The size of the next data frame; `nil` when the message is complete.
    var nextInlineCount: Int? { inline.count < inlineCounts.count ? inlineCounts[inline.count] : nil }

    mutating func append(_ bytes: Bytes) throws(ProtocolViolation) {
        guard bytes.count == nextInlineCount else { throw ProtocolViolation("a data frame of the wrong size") }
        inline.append(bytes)
    }

    func message() throws(ProtocolViolation) -> IncomingMessage {
        var remaining = inline[...]
        var tensors: [Tensor] = []
        for descriptor in header.tensors ?? [] {
            tensors.append(try tensor(descriptor, remaining: &remaining))
        }
        return IncomingMessage(id: header.id, kind: header.kind, control: control, tensors: tensors)
    }

    private func tensor(
        _ descriptor: TensorDescriptor, remaining: inout ArraySlice<Bytes>
    ) throws(ProtocolViolation) -> Tensor {
        let bytes: Bytes
        if let offset = descriptor.offset {
            let (end, overflow) = offset.addingReportingOverflow(descriptor.bytes)
            guard offset >= 0, !overflow, let slice = segment?.slice(offset..<max(end, offset)) else {
                throw ProtocolViolation("a tensor lies outside the shared segment", offending: control)
            }
            bytes = slice
        } else {
            guard let next = remaining.popFirst() else { throw ProtocolViolation("a tensor is missing") }
            bytes = next
        }
        guard let type = ElementType(name: descriptor.type) else {
            throw ProtocolViolation("a tensor of unknown type \(descriptor.type)", offending: control)
        }
        let shape = Shape(descriptor.shape)
        do {
            guard type == .string else { return try Tensor(elementType: type, shape: shape, bytes: bytes) }
            let strings = try StringTensorCoding.decode(bytes, count: shape.checkedElementCount ?? -1)
            return try Tensor(strings: strings, shape: shape)
        } catch let error as TensorError {
            throw ProtocolViolation(error.description, offending: control)
        } catch let error as ProtocolViolation {
            throw error
        } catch {
            throw ProtocolViolation("\(error)", offending: control)
        }
    }
}

import Foundation
package import Tensors

/// A message ready to be written: its frames, and the shared segment that goes with them.
package struct OutgoingMessage {
    package var chunks: [Bytes]
    /// The file to unlink when the receiver died before it could.
    package var segmentPath: String?

    /// Encodes a message; large tensors go to shared memory where there is a token for its files and room,
    /// else into data frames.
    ///
    /// - Throws: `EncodingError` when the body cannot be written as JSON.
    package init(id: Int, kind: MessageHeader.Kind, body: some Encodable, sharing: String?) throws {
        let table = AttachmentTable()
        let draft = try Self.encode(id: id, kind: kind, body: body, table: table, sharing: sharing)
        guard let segment = draft.segment else {
            self.init(control: draft.control, inline: draft.inline, segmentPath: nil)
            return
        }
        if SharedSegment.write(draft.shared, to: segment) {
            self.init(control: draft.control, inline: draft.inline, segmentPath: segment.path)
        } else {
            let plain = try Self.encode(
                id: id, kind: kind, body: body, table: AttachmentTable(), sharing: nil)
            self.init(control: plain.control, inline: plain.inline, segmentPath: nil)
        }
    }

    private init(control: Data, inline: [Bytes], segmentPath: String?) {
        var head = FrameHeader(kind: .control, length: control.count).bytes
        head += control
        chunks = [Bytes(copying: head)]
        for bytes in inline {
            chunks.append(Bytes(copying: FrameHeader(kind: .data, length: bytes.count).bytes))
            chunks.append(bytes)
        }
        self.segmentPath = segmentPath
    }

    private struct Draft {
        var control: Data
        var inline: [Bytes]
        var shared: [(offset: Int, bytes: Bytes)]
        var segment: SegmentDescriptor?
    }

    private static func encode(
        id: Int, kind: MessageHeader.Kind, body: some Encodable, table: AttachmentTable, sharing: String?
    ) throws -> Draft {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = MessageFloats.encoding
        encoder.userInfo[AttachmentTable.key] = table
        let layout = TensorLayout(table: table, sharing: sharing)
        let control = try encoder.encode(Envelope(id: id, kind: kind, body: body, layout: layout))
        return Draft(
            control: control, inline: layout.inline, shared: layout.shared, segment: layout.segment)
    }

    /// The control frame: the body is encoded first, since doing so attaches the tensors that the header then lists.
    private struct Envelope<Body: Encodable>: Encodable {
        var id: Int
        var kind: MessageHeader.Kind
        var body: Body
        var layout: TensorLayout

        enum CodingKeys: CodingKey { case id, kind, body, tensors, segment }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(kind, forKey: .kind)
            try container.encode(body, forKey: .body)
            layout.place()
            if !layout.descriptors.isEmpty { try container.encode(layout.descriptors, forKey: .tensors) }
            try container.encodeIfPresent(layout.segment, forKey: .segment)
        }
    }
}

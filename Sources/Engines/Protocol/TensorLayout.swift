import Tensors

/// Decides for each tensor of a message whether it travels in a data frame or in the shared segment.
final class TensorLayout {
    private let table: AttachmentTable
    private let sharing: String?
    private(set) var descriptors: [TensorDescriptor] = []
    private(set) var inline: [Bytes] = []
    private(set) var shared: [(offset: Int, bytes: Bytes)] = []
    private(set) var segment: SegmentDescriptor?

    init(table: AttachmentTable, sharing: String?) {
        self.table = table
        self.sharing = sharing
    }

    func place() {
        var end = 0
        for tensor in table.tensors {
            let bytes = tensor.bytes ?? StringTensorCoding.encode(tensor.strings ?? [])
            var descriptor = TensorDescriptor(
                type: tensor.elementType.name, shape: tensor.shape.dimensions, bytes: bytes.count, offset: nil)
            if sharing != nil, bytes.count >= WorkerProtocol.sharedMemoryThreshold {
                descriptor.offset = end
                shared.append((end, bytes))
                // The next tensor starts on a cache line, as it would in memory of its own.
                end += (bytes.count + 63) & ~63
            } else {
                inline.append(bytes)
            }
            descriptors.append(descriptor)
        }
        if end > 0, let sharing {
            segment = SegmentDescriptor(path: SharedSegment.uniquePath(token: sharing), bytes: end)
        }
    }
}

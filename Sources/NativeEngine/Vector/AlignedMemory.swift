/// Memory of its own, aligned as vectors are.
final class AlignedMemory: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    /// Zeros.
    init(byteCount: Int) {
        pointer = .allocate(byteCount: max(1, byteCount), alignment: BufferPool.alignment)
        pointer.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    }

    deinit { pointer.deallocate() }
}

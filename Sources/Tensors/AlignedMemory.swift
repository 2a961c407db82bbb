/// Allocation at 64 bytes, the width of a cache line and of the widest vector register.
enum AlignedMemory {
    static let alignment = 64

    static func allocate(_ count: Int) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: alignment)
    }
}

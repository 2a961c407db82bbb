import Foundation

/// One piece of memory, aligned and, where it is large, on large pages where the system has them.
final class Arena {
    let base: UnsafeMutableRawPointer
    private static let pageSize = 1 << 21

    init(byteCount: Int) {
        let isLarge = byteCount >= Self.pageSize
        let size = max(byteCount, BufferPool.alignment)
        base = UnsafeMutableRawPointer.allocate(
            byteCount: size, alignment: isLarge ? Self.pageSize : BufferPool.alignment)
        #if os(Linux)
            if isLarge { madvise(base, size, MADV_HUGEPAGE) }
        #endif
    }

    deinit { base.deallocate() }
}

/// Addresses that stay where they are, so that others can change them.
final class AddressList {
    let base: UnsafeMutablePointer<UnsafeMutableRawPointer>
    let count: Int

    init(count: Int) {
        self.count = count
        base = .allocate(capacity: max(count, 1))
    }

    deinit { base.deallocate() }
}

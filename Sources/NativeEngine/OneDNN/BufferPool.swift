import Synchronization

/// Memory for tensors between kernels, given back when the last reader lets go and handed out again: a run in the steady
/// state allocates nothing.
final class BufferPool: Sendable {
    /// What idle buffers may hold together, in bytes; more goes back to the system.
    private static let limit = 1 << 30
    /// The width of a cache line and of the widest vector register.
    static let alignment = 64

    private struct State {
        var idle: [Int: [UInt]] = [:]
        var byteCount = 0
    }

    private let state = Mutex(State())

    deinit {
        state.withLock { state in
            for address in state.idle.values.joined() { UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }
        }
    }

    /// A buffer of at least so many bytes, of unknown content.
    func buffer(_ byteCount: Int) -> Buffer {
        let size = Self.sizeClass(byteCount)
        let known = state.withLock { state -> UInt? in
            guard let address = state.idle[size]?.popLast() else { return nil }
            state.byteCount -= size
            return address
        }
        let pointer =
            known.flatMap { UnsafeMutableRawPointer(bitPattern: $0) }
            ?? UnsafeMutableRawPointer.allocate(byteCount: size, alignment: Self.alignment)
        return Buffer(pointer, size: size, pool: self)
    }

    fileprivate func takeBack(_ pointer: UnsafeMutableRawPointer, size: Int) {
        let isKept = state.withLock { state in
            guard state.byteCount + size <= Self.limit else { return false }
            state.idle[size, default: []].append(UInt(bitPattern: pointer))
            state.byteCount += size
            return true
        }
        if !isKept { pointer.deallocate() }
    }

    /// Sizes are rounded up to an eighth of their magnitude, so that similar tensors share buffers.
    private static func sizeClass(_ byteCount: Int) -> Int {
        guard byteCount > 512 else { return 512 }
        let step = 1 << max(6, Int.bitWidth - byteCount.leadingZeroBitCount - 4)
        return (byteCount + step - 1) & ~(step - 1)
    }
}

/// Memory out of a pool; it returns there when nobody holds it any more.
final class Buffer: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
    private let size: Int
    private let pool: BufferPool

    fileprivate init(_ pointer: UnsafeMutableRawPointer, size: Int, pool: BufferPool) {
        self.pointer = pointer
        self.size = size
        self.pool = pool
    }

    deinit { pool.takeBack(pointer, size: size) }
}

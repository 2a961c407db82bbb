import Foundation
import Tensors

/// Memory that grows with what arrives, so that a length that lies costs nothing until bytes follow it.
struct GrowingBuffer: ~Copyable {
    private var memory: UnsafeMutableRawPointer?
    private var capacity = 0
    private(set) var count = 0

    init() {}

    deinit { free(memory) }

    /// Appends bytes; `false` when there is no memory for them.
    mutating func append(_ source: UnsafeRawBufferPointer) -> Bool {
        guard let base = source.baseAddress, source.count > 0 else { return true }
        let needed = count + source.count
        if needed > capacity {
            let wanted = max(needed, capacity * 2, 4096)
            // 64 bytes, as for every other tensor: engines read aligned memory faster.
            var grown: UnsafeMutableRawPointer?
            guard posix_memalign(&grown, 64, wanted) == 0, let grown else { return false }
            if let memory { grown.copyMemory(from: memory, byteCount: count) }
            free(memory)
            memory = grown
            capacity = wanted
        }
        guard let memory else { return false }
        (memory + count).copyMemory(from: base, byteCount: source.count)
        count = needed
        return true
    }

    /// The collected bytes as an array; the buffer is empty afterwards.
    mutating func takeArray() -> [UInt8] {
        defer { count = 0 }
        return Array(UnsafeRawBufferPointer(start: memory, count: count))
    }

    /// The collected bytes without a copy; the buffer is empty afterwards.
    mutating func takeBytes() -> Bytes {
        guard let taken = memory, count > 0 else { return Bytes(copying: EmptyCollection<UInt8>()) }
        let address = UInt(bitPattern: taken)
        defer {
            memory = nil
            capacity = 0
            count = 0
        }
        return Bytes(adopting: taken, count: count) { free(UnsafeMutableRawPointer(bitPattern: address)) }
    }
}

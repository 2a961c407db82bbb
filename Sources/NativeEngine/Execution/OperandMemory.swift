import Tensors

/// The memory of an operand, and what keeps it alive.
struct OperandMemory {
    let address: UnsafeMutableRawPointer
    /// The buffer or storage behind the address; held while a primitive reads it.
    let owner: any Sendable

    /// The elements of a tensor where they lie, or a copy where they are not aligned as numbers are.
    init?(_ tensor: Tensor, pool: BufferPool) {
        guard let bytes = tensor.bytes, let address = bytes.withUnsafeBytes({ $0.baseAddress }) else { return nil }
        if Self.readsAnyAlignment || UInt(bitPattern: address) % UInt(MemoryLayout<Float>.alignment) == 0 {
            self.init(address: UnsafeMutableRawPointer(mutating: address), owner: bytes)
        } else {
            let copy = Self.copy(tensor, pool: pool)
            self.init(address: copy.pointer, owner: copy)
        }
    }

    /// Vector loads of x86 take numbers from any address.
    private static var readsAnyAlignment: Bool {
        #if arch(x86_64)
            true
        #else
            false
        #endif
    }

    init(address: UnsafeMutableRawPointer, owner: any Sendable) {
        self.address = address
        self.owner = owner
    }

    /// An aligned copy of the elements of a tensor.
    static func copy(_ tensor: Tensor, pool: BufferPool) -> Buffer {
        let buffer = pool.buffer(tensor.bytes?.count ?? 0)
        tensor.bytes?.withUnsafeBytes { source in
            if let base = source.baseAddress { buffer.pointer.copyMemory(from: base, byteCount: source.count) }
        }
        return buffer
    }
}

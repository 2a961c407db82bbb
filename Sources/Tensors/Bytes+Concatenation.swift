extension Bytes {
    /// Joins parts into fresh memory.
    public init(concatenating parts: [Bytes]) {
        let total = parts.reduce(0) { $0 + $1.count }
        let memory = AlignedMemory.allocate(total)
        var position = 0
        for part in parts {
            part.withUnsafeBytes { source in
                guard let base = source.baseAddress else { return }
                (memory + position).copyMemory(from: base, byteCount: source.count)
            }
            position += part.count
        }
        let address = UInt(bitPattern: memory)
        self.init(adopting: memory, count: total) { UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }
    }
}

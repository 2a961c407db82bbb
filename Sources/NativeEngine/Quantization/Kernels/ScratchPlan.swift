/// Parts of the working memory of a kernel, each aligned as vectors are.
struct ScratchPlan {
    private(set) var byteCount = 0

    /// Sets memory aside and returns where it begins.
    mutating func reserve(_ count: Int) -> Int {
        let offset = byteCount
        byteCount += (count + BufferPool.alignment - 1) / BufferPool.alignment * BufferPool.alignment
        return offset
    }
}

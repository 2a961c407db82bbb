import Engines

/// A computation of Assay's own, at shapes fixed when it was made.
///
/// It allocates nothing, and the same operands and team give the same bits.
protocol DirectKernel: Sendable {
    /// Memory it needs while it runs, in bytes.
    var scratchByteCount: Int { get }

    /// Computes the results.
    ///
    /// - Throws: `EngineError` where the elements of an operand allow no result, such as an index out of bounds.
    func run(_ memory: DirectMemory, _ team: Team) throws(EngineError)
}

extension DirectKernel {
    /// None.
    var scratchByteCount: Int { 0 }
}

/// Where the operands and results of a direct kernel lie, in the order of its draft.
struct DirectMemory {
    let operands: UnsafeBufferPointer<UnsafeMutableRawPointer>
    let results: UnsafeBufferPointer<UnsafeMutableRawPointer>
    /// As many bytes as the kernel asked for, aligned as vectors are; `nil` where it asked for none.
    let scratch: UnsafeMutableRawPointer?
}

extension DirectMemory {
    /// An operand of `f32`.
    func source(_ index: Int) -> UnsafePointer<Float> {
        UnsafePointer(operands[index].assumingMemoryBound(to: Float.self))
    }

    /// The result, of `f32`.
    var result: UnsafeMutablePointer<Float> { results[0].assumingMemoryBound(to: Float.self) }
}

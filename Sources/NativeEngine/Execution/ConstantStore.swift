import Engines
import Synchronization
import Tensors

/// The constants of one node in the layouts that its primitives read: rearranged once, whatever shapes are fed.
final class ConstantStore: Sendable {
    private struct Entry: Sendable {
        let operand: Int
        let layout: Layout
        let buffer: Buffer
    }

    private let entries = Mutex<[Entry]>([])

    /// A constant operand in the layout that is wanted of it.
    ///
    /// - Throws: `EngineError`.
    func buffer(_ tensor: Tensor, _ source: KernelDraft.Source) throws(EngineError) -> Buffer {
        try entries.withLock { (entries) throws(EngineError) in
            if let known = entries.first(where: {
                $0.operand == source.operand && $0.layout.isSame(as: source.wanted)
            }) {
                return known.buffer
            }
            let buffer = try Self.rearranged(tensor, source)
            entries.append(Entry(operand: source.operand, layout: source.wanted, buffer: buffer))
            return buffer
        }
    }

    private static func rearranged(_ tensor: Tensor, _ source: KernelDraft.Source) throws(EngineError) -> Buffer {
        let pool = source.wanted.library.pool
        let copy = OperandMemory.copy(tensor, pool: pool)
        if source.given.isSame(as: source.wanted) { return copy }
        let buffer = pool.buffer(source.wanted.byteCount)
        try Rearrangement.make(from: source.given, to: source.wanted).execute([copy.pointer, buffer.pointer])
        return buffer
    }
}

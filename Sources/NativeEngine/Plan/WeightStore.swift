import Engines
import Synchronization
import Tensors

/// The constants of a model in the layouts that its kernels read: rearranged once, whatever shapes are fed.
final class WeightStore: Sendable {
    private struct Entry: Sendable {
        /// Kept, so that its address stays its own.
        let tensor: Tensor
        let given: Layout?
        let wanted: Layout?
        let buffer: Buffer
    }

    private let library: OneDNNLibrary
    private let entries = Mutex<[UInt: [Entry]]>([:])

    private let rearrangements = Mutex<[SharedRearrangement]>([])

    /// A primitive that moves elements, and the number of threads for which it was made.
    private struct SharedRearrangement: Sendable {
        let source: Layout
        let result: Layout
        let threads: Int32
        let primitive: Primitive
    }

    init(_ library: OneDNNLibrary) { self.library = library }

    /// Lets go of all that plans do not hold themselves: no further plan is made.
    func forget() { entries.withLock { $0 = [:] } }

    /// Lets go of the primitives that moved elements while a plan was made.
    func forgetRearrangements() { rearrangements.withLock { $0 = [] } }

    /// The primitive that moves elements from one layout into another: one for all that move alike.
    ///
    /// - Throws: `EngineError`.
    func rearrangement(from source: Layout, to result: Layout) throws(EngineError) -> Primitive {
        let threads = library.functions.threads()
        return try rearrangements.withLock { (known) throws(EngineError) in
            if let same = known.first(where: {
                $0.threads == threads && $0.source.isSame(as: source) && $0.result.isSame(as: result)
            }) {
                return same.primitive
            }
            let primitive = try Rearrangement.make(from: source, to: result)
            known.append(
                SharedRearrangement(source: source, result: result, threads: threads, primitive: primitive))
            return primitive
        }
    }

    /// A constant in a layout; `nil` for both leaves it as it is.
    ///
    /// - Throws: `EngineError`.
    func buffer(_ tensor: Tensor, given: Layout?, wanted: Layout?) throws(EngineError) -> Buffer {
        let key = tensor.storageAddress
        return try entries.withLock { (entries) throws(EngineError) in
            let known = entries[key, default: []].first {
                $0.tensor.bytes?.count == tensor.bytes?.count && Self.isSame($0.given, given)
                    && Self.isSame($0.wanted, wanted)
            }
            if let known { return known.buffer }
            let buffer = try rearranged(tensor, given, wanted)
            tensor.bytes?.releasePages()
            entries[key, default: []].append(Entry(tensor: tensor, given: given, wanted: wanted, buffer: buffer))
            return buffer
        }
    }

    private static func isSame(_ left: Layout?, _ right: Layout?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.isSame(as: right)
    }

    private func rearranged(_ tensor: Tensor, _ given: Layout?, _ wanted: Layout?) throws(EngineError) -> Buffer {
        guard let given, let wanted, !given.isSame(as: wanted) else {
            return OperandMemory.copy(tensor, pool: library.pool)
        }
        guard let source = OperandMemory(tensor, pool: library.pool) else {
            throw EngineError(.runFailed, subject: "oneDNN", reason: "a constant has no flat memory")
        }
        let buffer = library.pool.buffer(wanted.byteCount)
        try rearrangement(from: given, to: wanted).execute([source.address, buffer.pointer])
        withExtendedLifetime(source.owner) {}
        return buffer
    }
}

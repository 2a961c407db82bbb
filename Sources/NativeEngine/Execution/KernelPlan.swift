import COneDNN
import Engines
import Graphs
import Operators
import Tensors

/// A kernel for one node and one set of operand shapes, with its constants in place.
final class KernelPlan: Sendable {
    private enum Source: Sendable {
        case constant(Buffer)
        /// An input of the node, and what rearranges it first.
        case input(Int, acceptsAnyLayout: Bool, Rearranging?)
    }

    private struct Rearranging: Sendable {
        let primitive: Primitive
        let byteCount: Int
    }

    private struct Result: Sendable {
        let shape: Shape
        let layout: Layout
        let isRowMajor: Bool
    }

    private enum Computation: Sendable {
        case primitive(Primitive)
        case direct(any DirectKernel, Team)
    }

    private let computation: Computation
    private let library: OneDNNLibrary
    private let sources: [Source]
    private let results: [Result]
    private let keepsLayouts: Bool

    /// Makes the primitive and rearranges the constants.
    ///
    /// - Parameters:
    ///   - operands: the inputs of the node that feed the kernel, in the kernel's order.
    ///   - keepsLayouts: whether a result stays in the layout its primitive wrote it in.
    /// - Throws: `EngineError`.
    init(
        _ draft: KernelDraft, operands: [Int?], constants: [Tensor?], weights: WeightStore, keepsLayouts: Bool,
        team: Team
    ) throws(EngineError) {
        library = team.library
        switch draft.computation {
        case .primitive(let description):
            let arguments = draft.sources.map { Primitive.Argument(index: $0.argument, layout: $0.wanted) }
            let results = draft.results.map { Primitive.Argument(index: $0.argument, layout: $0.layout) }
            computation = .primitive(try Primitive(description, arguments + results))
        case .direct(let kernel): computation = .direct(kernel, team)
        }
        var sources: [Source] = []
        for source in draft.sources {
            guard let input = operands[source.operand] else { continue }
            if let constant = constants[input] {
                sources.append(.constant(try weights.buffer(constant, given: source.given, wanted: source.wanted)))
            } else {
                let rearranging =
                    source.given.isSame(as: source.wanted)
                    ? nil
                    : Rearranging(
                        primitive: try Rearrangement.make(from: source.given, to: source.wanted),
                        byteCount: source.wanted.byteCount)
                sources.append(.input(input, acceptsAnyLayout: source.acceptsAnyLayout, rearranging))
            }
        }
        self.sources = sources
        self.keepsLayouts = keepsLayouts
        results = draft.results.map {
            Result(shape: Shape($0.extents), layout: $0.layout, isRowMajor: $0.isRowMajor)
        }
    }

    /// Computes the results from the inputs of the node.
    ///
    /// - Throws: `EngineError`.
    func run(_ inputs: [Value?]) throws(EngineError) -> [Value] {
        let pool = library.pool
        var memories: [OperandMemory] = []
        memories.reserveCapacity(sources.count)
        for source in sources { memories.append(try memory(of: source, inputs, pool)) }
        let buffers = results.map { pool.buffer($0.layout.byteCount) }
        switch computation {
        case .primitive(let primitive): try primitive.execute(memories.map(\.address) + buffers.map(\.pointer))
        case .direct(let kernel, let team):
            let scratch = kernel.scratchByteCount > 0 ? pool.buffer(kernel.scratchByteCount) : nil
            try memories.map(\.address).withUnsafeBufferPointer { operands throws(EngineError) in
                try buffers.map(\.pointer).withUnsafeBufferPointer { results throws(EngineError) in
                    try kernel.run(
                        DirectMemory(operands: operands, results: results, scratch: scratch?.pointer), team)
                }
            }
            withExtendedLifetime(scratch) {}
        }
        withExtendedLifetime(memories) {}
        var values: [Value] = []
        for (result, buffer) in zip(results, buffers) { values.append(try value(result, buffer)) }
        return values
    }

    private func value(_ result: Result, _ buffer: Buffer) throws(EngineError) -> Value {
        if result.isRowMajor {
            return .tensor(try Tensor(adopting: buffer, result.layout.elementType, shape: result.shape))
        }
        let held = LayoutTensor(shape: result.shape, layout: result.layout, buffer: buffer)
        return keepsLayouts ? .held(held) : .tensor(try held.rowMajorTensor())
    }

    private func memory(
        of source: Source, _ inputs: [Value?], _ pool: BufferPool
    ) throws(EngineError) -> OperandMemory {
        guard case .input(let index, let acceptsAnyLayout, let rearranging) = source else {
            guard case .constant(let buffer) = source else { throw Self.missing }
            return OperandMemory(address: buffer.pointer, owner: buffer)
        }
        let memory = try memory(of: inputs[index], acceptsAnyLayout: acceptsAnyLayout, pool)
        guard let rearranging else { return memory }
        let buffer = pool.buffer(rearranging.byteCount)
        try rearranging.primitive.execute([memory.address, buffer.pointer])
        withExtendedLifetime(memory.owner) {}
        return OperandMemory(address: buffer.pointer, owner: buffer)
    }

    private func memory(
        of value: Value?, acceptsAnyLayout: Bool, _ pool: BufferPool
    ) throws(EngineError) -> OperandMemory {
        if acceptsAnyLayout, case .held(let held)? = value, let held = held as? LayoutTensor {
            return OperandMemory(address: held.buffer.pointer, owner: held.buffer)
        }
        guard let tensor = value?.tensor, let memory = OperandMemory(tensor, pool: pool) else { throw Self.missing }
        return memory
    }

    private static var missing: EngineError {
        EngineError(.runFailed, subject: "oneDNN", reason: "an operand could not be read")
    }
}

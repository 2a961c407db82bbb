import COneDNN
import Engines
import Graphs
import Operators
import Tensors

/// A primitive for one node and one set of operand shapes, with its constants in place.
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

    private let primitive: Primitive
    private let sources: [Source]
    private let shape: Shape
    private let destination: Layout
    private let isRowMajor: Bool
    private let keepsLayouts: Bool

    /// Makes the primitive and rearranges the constants.
    ///
    /// - Parameters:
    ///   - operands: the inputs of the node that feed the kernel, in the kernel's order.
    ///   - keepsLayouts: whether a result stays in the layout its primitive wrote it in.
    /// - Throws: `EngineError`.
    init(
        _ draft: KernelDraft, operands: [Int?], constants: [Tensor?], store: ConstantStore, keepsLayouts: Bool
    ) throws(EngineError) {
        let arguments = draft.sources.map { Primitive.Argument(index: $0.argument, layout: $0.wanted) }
        let result = Primitive.Argument(index: ONEDNN_ARGUMENT_DESTINATION, layout: draft.destination)
        primitive = try Primitive(draft.description, arguments + [result])
        var sources: [Source] = []
        for source in draft.sources {
            guard let input = operands[source.operand] else { continue }
            if let constant = constants[input] {
                sources.append(.constant(try store.buffer(constant, source)))
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
        shape = Shape(draft.extents)
        destination = draft.destination
        isRowMajor = draft.isRowMajor
    }

    /// Computes the result from the inputs of the node.
    ///
    /// - Throws: `EngineError`.
    func run(_ inputs: [Value?]) throws(EngineError) -> Value {
        let pool = primitive.library.pool
        var memories: [OperandMemory] = []
        memories.reserveCapacity(sources.count + 1)
        for source in sources { memories.append(try memory(of: source, inputs, pool)) }
        let result = pool.buffer(destination.byteCount)
        try primitive.execute(memories.map(\.address) + [result.pointer])
        withExtendedLifetime(memories) {}
        if isRowMajor { return .tensor(try Tensor(adopting: result, shape: shape)) }
        let held = LayoutTensor(shape: shape, layout: destination, buffer: result)
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

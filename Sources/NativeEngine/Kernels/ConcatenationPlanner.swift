import COneDNN
import Engines
import Tensors

/// Joins operands along an axis, each in its own layout.
struct ConcatenationPlanner: MovementPlanner {
    let axis: Int

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        let parts = operands.compactMap { $0 }
        guard parts.count == operands.count, parts.count > 1, let first = parts.first, axis < first.extents.count,
            parts.allSatisfy({ $0.extents.count == first.extents.count })
        else { return nil }
        var extents = first.extents
        extents[axis] = parts.reduce(0) { $0 + $1.extents[axis] }
        for part in parts {
            guard extents.indices.allSatisfy({ $0 == axis || part.extents[$0] == extents[$0] }) else { return nil }
        }
        guard parts.allSatisfy({ $0.elementType == first.elementType }) else { return nil }
        if first.elementType != .float32 || parts.allSatisfy(\.isRowMajor) {
            return try joined(parts, extents, library)
        }
        let chosen = try Layout.chosenByPrimitive(extents, library)
        let functions = library.functions
        let description = try PrimitiveDescription("dnnl_concat_primitive_desc_create", library) {
            functions.concatenation(
                $0, library.engine, chosen.handle, Int32(parts.count), Int32(axis), parts.map(\.layout.handle), $1)
        }
        guard let description, !description.isReference,
            let result = try description.layout(ONEDNN_QUERY_DESTINATION)
        else { return nil }
        let sources = parts.enumerated().map { index, part in
            KernelDraft.Source(
                argument: ONEDNN_ARGUMENT_MULTIPLE_SOURCE + index, operand: index, acceptsAnyLayout: true,
                given: part.layout, wanted: part.layout)
        }
        return KernelDraft(
            description, sources, destination: result, extents: extents,
            isRowMajor: result.isSame(as: try Layout(extents, library)))
    }

    /// Row-major parts, one box each.
    private func joined(
        _ parts: [KernelOperand], _ extents: [Int], _ library: OneDNNLibrary
    ) throws(EngineError) -> KernelDraft? {
        guard let width = parts[0].elementType.movementWidth else { return nil }
        let strides = Layout.rowMajorStrides(extents)
        var start = 0
        var moves: [MovementKernel.Move] = []
        for (index, part) in parts.enumerated() {
            guard
                let box = MovementBox(
                    extents: part.extents, from: Layout.rowMajorStrides(part.extents), to: strides,
                    toOffset: start * strides[axis], width: width)
            else { return nil }
            moves.append(MovementKernel.Move(operand: index, result: 0, box: box))
            start += part.extents[axis]
        }
        return try KernelDraft(
            MovementKernel(moves), rowMajor: parts.enumerated().map { ($0.offset, $0.element) }, results: [extents],
            type: parts[0].elementType, library)
    }
}

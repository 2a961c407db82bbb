import COneDNN
import Engines

/// Joins operands along an axis, each in its own layout.
struct ConcatenationPlanner: KernelPlanner {
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
        let isRowMajor = parts.allSatisfy(\.isRowMajor)
        let chosen = isRowMajor ? try Layout(extents, library) : try Layout.chosenByPrimitive(extents, library)
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
}

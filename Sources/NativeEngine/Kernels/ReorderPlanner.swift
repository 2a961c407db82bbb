import COneDNN
import Engines
import Tensors

/// Permutations of axes: the same elements read under other strides and written row-major.
struct ReorderPlanner: MovementPlanner {
    let permutation: [Int]

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], data.extents.count == permutation.count, permutation.count > 1 else { return nil }
        let extents = permutation.map { data.extents[$0] }
        if data.isRowMajor || data.elementType != .float32 {
            return try draft(of: data, extents: extents, library) { width in
                MovementBox(permuting: data.extents, permutation, width: width)
            }
        }
        let given = try data.layout.permuted(permutation)
        let result = try Layout(extents, library)
        guard let description = try PrimitiveDescription(reordering: given, to: result, library) else { return nil }
        return KernelDraft(
            description,
            [
                KernelDraft.Source(
                    argument: ONEDNN_ARGUMENT_SOURCE, operand: 0, acceptsAnyLayout: true, given: given, wanted: given)
            ], destination: result, extents: extents, isRowMajor: true)
    }
}

extension PrimitiveDescription {
    /// Describes the rearrangement of elements from one layout into another.
    ///
    /// - Throws: `EngineError`.
    convenience init?(reordering source: Layout, to result: Layout, _ library: OneDNNLibrary) throws(EngineError) {
        let functions = library.functions
        try self.init("dnnl_reorder_primitive_desc_create", library) {
            functions.reorder($0, source.handle, library.engine, result.handle, library.engine, $1)
        }
    }
}

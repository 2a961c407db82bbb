import COneDNN
import Engines

/// Normalisation of the trailing axes, read as the rows of one matrix.
struct LayerNormalizationPlanner: KernelPlanner {
    let axis: Int
    let epsilon: Float

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], let scale = operands[1] else { return nil }
        let columns = data.extents[axis...].reduce(1, *)
        let hasShift = operands.count > 2 && operands[2] != nil
        guard scale.elementCount == columns, !hasShift || operands[2]?.elementCount == columns else { return nil }
        let rows = try Layout([data.extents[..<axis].reduce(1, *), columns], library)
        let row = try Layout([columns], library)
        let flags = ONEDNN_NORMALIZATION_SCALE | (hasShift ? ONEDNN_NORMALIZATION_SHIFT : 0)
        let functions = library.functions
        let description = try PrimitiveDescription(
            "dnnl_layer_normalization_forward_primitive_desc_create", library
        ) {
            functions.layerNormalization(
                $0, library.engine, Int32(ONEDNN_FORWARD_INFERENCE), rows.handle, rows.handle, nil, epsilon,
                UInt32(flags), $1)
        }
        guard let description, !description.isReference else { return nil }
        let arguments = [
            (ONEDNN_ARGUMENT_SOURCE, 0, rows), (ONEDNN_ARGUMENT_SCALE, 1, row), (ONEDNN_ARGUMENT_SHIFT, 2, row),
        ]
        let sources = arguments.prefix(hasShift ? 3 : 2).map { argument, operand, layout in
            KernelDraft.Source(
                argument: argument, operand: operand, acceptsAnyLayout: false, given: layout, wanted: layout)
        }
        return KernelDraft(description, sources, destination: rows, extents: data.extents, isRowMajor: true)
    }
}

import COneDNN
import Engines
import Operators

/// Resampling of spatial axes at half pixels, in the layout of the data.
struct ResamplingPlanner: KernelPlanner {
    let kind: Kernel.ResamplingKind
    let outputSize: [Int]

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], (3...5).contains(data.extents.count),
            outputSize.count == data.extents.count - 2
        else { return nil }
        let extents = Array(data.extents[..<2]) + outputSize
        let chosen = try Layout.chosenByPrimitive(extents, library)
        let functions = library.functions
        let algorithm = kind == .nearest ? ONEDNN_RESAMPLING_NEAREST : ONEDNN_RESAMPLING_LINEAR
        let description = try PrimitiveDescription("dnnl_resampling_forward_primitive_desc_create", library) {
            functions.resampling(
                $0, library.engine, Int32(ONEDNN_FORWARD_INFERENCE), Int32(algorithm), nil, data.layout.handle,
                chosen.handle, $1)
        }
        return try draft(
            of: data, description, destination: try description?.layout(ONEDNN_QUERY_DESTINATION), extents: extents)
    }
}

import COneDNN
import Engines

/// Local response normalisation across channels, in the layout of the data.
struct ResponseNormalizationPlanner: KernelPlanner {
    let size: Int
    let alpha: Float
    let beta: Float
    let bias: Float

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], (2...5).contains(data.extents.count) else { return nil }
        let functions = library.functions
        let description = try PrimitiveDescription("dnnl_lrn_forward_primitive_desc_create", library) {
            functions.responseNormalization(
                $0, library.engine, Int32(ONEDNN_FORWARD_INFERENCE), Int32(ONEDNN_LRN_ACROSS_CHANNELS),
                data.layout.handle, data.layout.handle, Int64(size), alpha, beta, bias, $1)
        }
        return try draft(of: data, description, destination: data.layout, extents: data.extents)
    }
}

import COneDNN
import Engines

/// Softmax and its logarithm along one axis, in the layout of the data.
struct SoftmaxPlanner: KernelPlanner {
    let axis: Int
    let logarithm: Bool

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], axis < data.extents.count else { return nil }
        let functions = library.functions
        let description = try PrimitiveDescription("dnnl_softmax_forward_primitive_desc_create", library) {
            functions.softmax(
                $0, library.engine, Int32(ONEDNN_FORWARD_INFERENCE),
                Int32(logarithm ? ONEDNN_SOFTMAX_LOGARITHM : ONEDNN_SOFTMAX), data.layout.handle, data.layout.handle,
                Int32(axis), $1)
        }
        return try draft(of: data, description, destination: data.layout, extents: data.extents)
    }
}

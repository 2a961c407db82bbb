import COneDNN
import Engines
import Operators

/// Element-wise functions of one operand, in its layout.
///
/// Known deviation: the rectifier and clipping of oneDNN 3.2 turn NaN into their lower bound, where the standard (and ONNX
/// Runtime 1.31) keep it.
struct UnaryPlanner: KernelPlanner {
    let kind: Kernel.UnaryKind

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], let function = EltwiseFunction(kind) else { return nil }
        let functions = library.functions
        let description = try PrimitiveDescription("dnnl_eltwise_forward_primitive_desc_create", library) {
            functions.eltwise(
                $0, library.engine, Int32(ONEDNN_FORWARD_INFERENCE), function.algorithm, data.layout.handle,
                data.layout.handle, function.alpha, function.beta, $1)
        }
        return try draft(of: data, description, destination: data.layout, extents: data.extents)
    }
}

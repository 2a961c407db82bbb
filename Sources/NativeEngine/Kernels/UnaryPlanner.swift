import COneDNN
import Engines
import Operators

/// Element-wise functions of one operand, in its layout, and what follows them element for element.
///
/// Vector kernels keep NaN, which the rectifier and clipping of oneDNN 3.2 turn into their lower bound; only layouts that
/// hold more than the elements are left to oneDNN, which keeps what is beyond them zero.
struct UnaryPlanner: FusingPlanner {
    let kind: Kernel.UnaryKind
    var postOperations: [PostOperation] = []

    init(kind: Kernel.UnaryKind) { self.kind = kind }

    func fuses(_ operations: [PostOperation]) -> Bool { true }

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0] else { return nil }
        if let function = library.vectors.unary(kind),
            let draft = try ElementwiseChain(
                of: (0, data), first: .unary(function), postOperations, operands, library.vectors)?.draft(library)
        {
            return draft
        }
        guard postOperations.isEmpty, let function = EltwiseFunction(kind) else { return nil }
        let functions = library.functions
        let description = try PrimitiveDescription("dnnl_eltwise_forward_primitive_desc_create", library) {
            functions.eltwise(
                $0, library.engine, Int32(ONEDNN_FORWARD_INFERENCE), function.algorithm, data.layout.handle,
                data.layout.handle, function.alpha, function.beta, $1)
        }
        return try draft(of: data, description, destination: data.layout, extents: data.extents)
    }
}

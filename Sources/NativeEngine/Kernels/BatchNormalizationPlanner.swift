import COneDNN
import Engines

/// Normalisation by given statistics, in the layout of the data.
struct BatchNormalizationPlanner: KernelPlanner {
    let epsilon: Float

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], (2...5).contains(data.extents.count), operands.count == 5 else { return nil }
        let channels = try Layout([data.extents[1]], library)
        guard operands[1...].allSatisfy({ $0?.extents == [data.extents[1]] }) else { return nil }
        let flags =
            ONEDNN_NORMALIZATION_GLOBAL_STATISTICS | ONEDNN_NORMALIZATION_SCALE | ONEDNN_NORMALIZATION_SHIFT
        let functions = library.functions
        let description = try PrimitiveDescription(
            "dnnl_batch_normalization_forward_primitive_desc_create", library
        ) {
            functions.batchNormalization(
                $0, library.engine, Int32(ONEDNN_FORWARD_INFERENCE), data.layout.handle, data.layout.handle, epsilon,
                UInt32(flags), $1)
        }
        guard let description,
            let draft = try draft(of: data, description, destination: data.layout, extents: data.extents)
        else { return nil }
        let arguments = [
            ONEDNN_ARGUMENT_SCALE, ONEDNN_ARGUMENT_SHIFT, ONEDNN_ARGUMENT_MEAN, ONEDNN_ARGUMENT_VARIANCE,
        ]
        let parameters = arguments.enumerated().map { index, argument in
            KernelDraft.Source(
                argument: argument, operand: index + 1, acceptsAnyLayout: false, given: channels, wanted: channels)
        }
        return KernelDraft(
            draft.computation, draft.sources + parameters, results: draft.results)
    }
}

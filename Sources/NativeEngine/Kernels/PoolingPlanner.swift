import COneDNN
import Engines
import Operators

/// Pooling windows, in the layout of the data.
struct PoolingPlanner: KernelPlanner {
    let kind: Kernel.PoolingKind
    let window: Kernel.Window

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        let numbers = WindowNumbers(window)
        guard let data = operands[0], (3...5).contains(data.extents.count),
            let spatial = numbers.resultExtents(Array(data.extents[2...]))
        else { return nil }
        let extents = Array(data.extents[..<2]) + spatial
        let chosen = try Layout.chosenByPrimitive(extents, library)
        let functions = library.functions
        let description = try PrimitiveDescription("dnnl_pooling_forward_primitive_desc_create", library) {
            functions.pooling(
                $0, library.engine, Int32(ONEDNN_FORWARD_INFERENCE), Int32(algorithm), data.layout.handle,
                chosen.handle, numbers.strides, numbers.size, numbers.gaps, numbers.before, numbers.after, $1)
        }
        return try draft(
            of: data, description, destination: try description?.layout(ONEDNN_QUERY_DESTINATION), extents: extents)
    }

    private var algorithm: Int {
        switch kind {
        case .maximum: ONEDNN_POOLING_MAXIMUM
        case .average(countsPadding: true): ONEDNN_POOLING_AVERAGE_WITH_PADDING
        case .average(countsPadding: false): ONEDNN_POOLING_AVERAGE_WITHOUT_PADDING
        }
    }
}

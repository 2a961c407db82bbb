import Engines
import Tensors

/// Quantisation by the range of what is quantised.
struct DynamicQuantizationPlanner: KernelPlanner {
    let isPerRow: Bool

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], data.elementCount > 0, !isPerRow || !data.extents.isEmpty else { return nil }
        let columns = data.extents.last ?? 1
        let kernel = DynamicQuantizationKernel(
            rows: data.elementCount / columns, columns: columns, isPerRow: isPerRow)
        let parameters = isPerRow ? data.extents.dropLast() + [1] : []
        var sources = DirectSources()
        sources.append(0, data)
        let results: [([Int], ElementType)] = [
            (data.extents, .uint8), (parameters, .float32), (parameters, .uint8),
        ]
        var drafted: [KernelDraft.Result] = []
        for (extents, type) in results {
            drafted.append(
                KernelDraft.Result(
                    layout: try Layout(extents, type: type, library), extents: extents, isRowMajor: true))
        }
        return KernelDraft(.direct(kernel), try sources.sources(library), results: drafted)
    }
}

import Engines
import Tensors

/// Rows of a quantised table, dequantised as they are picked.
struct QuantizedGatherPlanner: KernelPlanner {
    func takes(_ operands: [KernelOperand?]) -> Bool {
        guard operands.count == 4, let table = operands[0], let indices = operands[1], let scale = operands[2] else {
            return false
        }
        return [.uint8, .int8].contains(table.elementType) && [.int64, .int32].contains(indices.elementType)
            && scale.elementType == .float32 && (operands[3].map { $0.elementType == table.elementType } ?? true)
    }

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let table = operands[0], let indices = operands[1], let scale = operands[2], table.extents.count == 2,
            scale.elementCount == 1 || scale.elementCount == table.extents[0],
            operands[3].map({ [1, table.extents[0]].contains($0.elementCount) }) ?? true
        else { return nil }
        let extents = indices.extents + [table.extents[1]]
        var sources = DirectSources()
        sources.append(0, table)
        sources.append(1, indices)
        let scaleParameter = sources.parameter(2, scale)
        let kernel = QuantizedGatherKernel(
            rows: table.extents[0], width: table.extents[1], count: indices.elementCount,
            isSigned: table.elementType == .int8, areIndicesWide: indices.elementType == .int64,
            scale: scaleParameter, zeroPoint: operands[3].map { sources.parameter(3, $0) })
        let result = try Layout(extents, type: .float32, library)
        return KernelDraft(
            .direct(kernel), try sources.sources(library),
            results: [KernelDraft.Result(layout: result, extents: extents, isRowMajor: true)])
    }
}

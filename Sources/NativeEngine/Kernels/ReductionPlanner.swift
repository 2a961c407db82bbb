import COneDNN
import Engines
import Operators

/// Reductions of some axes; the mean and the maximum of whole images are pooling windows as large as they.
struct ReductionPlanner: KernelPlanner {
    let kind: Kernel.ReductionKind
    let axes: [Int]
    let keepsDimensions: Bool

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], !axes.isEmpty, data.extents.count <= ONEDNN_MAXIMUM_RANK else { return nil }
        if let pooling = pooling(data), let draft = try pooling.draft(operands, library) {
            return reshaped(draft, data)
        }
        var reduced = data.extents
        for axis in axes { reduced[axis] = 1 }
        let result = try Layout(reduced, library)
        let functions = library.functions
        let (algorithm, power) = form
        let description = try PrimitiveDescription("dnnl_reduction_primitive_desc_create", library) {
            functions.reduction(
                $0, library.engine, Int32(algorithm), data.layout.handle, result.handle, power, 0, $1)
        }
        return try draft(of: data, description, destination: result, extents: reduced).map { reshaped($0, data) }
    }

    private var form: (algorithm: Int, power: Float) {
        switch kind {
        case .sum: (ONEDNN_REDUCTION_SUM, 1)
        case .mean: (ONEDNN_REDUCTION_MEAN, 1)
        case .maximum: (ONEDNN_REDUCTION_MAXIMUM, 1)
        case .minimum: (ONEDNN_REDUCTION_MINIMUM, 1)
        case .product: (ONEDNN_REDUCTION_PRODUCT, 1)
        case .l1Norm: (ONEDNN_REDUCTION_POWER_SUM, 1)
        case .l2Norm: (ONEDNN_REDUCTION_NORM_SUM, 2)
        case .sumOfSquares: (ONEDNN_REDUCTION_POWER_SUM, 2)
        }
    }

    private func pooling(_ data: KernelOperand) -> PoolingPlanner? {
        let spatial = Array(data.extents.dropFirst(2))
        guard (1...3).contains(spatial.count), axes == Array(2..<data.extents.count) else { return nil }
        let pooling: Kernel.PoolingKind
        switch kind {
        case .mean: pooling = .average(countsPadding: false)
        case .maximum: pooling = .maximum
        default: return nil
        }
        let ones = [Int](repeating: 1, count: spatial.count)
        return PoolingPlanner(
            kind: pooling,
            window: Kernel.Window(
                size: spatial, strides: ones, dilations: ones, padding: [Int](repeating: 0, count: 2 * spatial.count)))
    }

    /// The same result without the reduced axes, where they are not kept and it lies row-major.
    private func reshaped(_ draft: KernelDraft, _ data: KernelOperand) -> KernelDraft {
        guard !keepsDimensions else { return draft }
        let extents = data.extents.indices.filter { !axes.contains($0) }.map { data.extents[$0] }
        return KernelDraft(
            draft.computation, draft.sources,
            results: draft.results.map {
                KernelDraft.Result(layout: $0.layout, extents: extents, isRowMajor: $0.isRowMajor)
            })
    }
}

import COneDNN
import Engines
import Operators

/// Reductions of some axes on vector kernels, row-major or with the channels of images last.
///
/// oneDNN 3.2 starts an extreme at the lowest finite number and loses NaN; it computes only the mean of whole images in
/// blocks of channels, as a pooling window as large as they.
struct ReductionPlanner: KernelPlanner {
    let kind: Kernel.ReductionKind
    let axes: [Int]
    let keepsDimensions: Bool

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], !axes.isEmpty else { return nil }
        if !data.isRowMajor {
            if let draft = try channelsLast(data, library) { return draft }
            if let draft = try pooling(data)?.draft(operands, library) { return reshaped(draft, data) }
        }
        guard let form = form(data.extents.indices, data) else { return nil }
        return try KernelDraft(kernel(form, library), rowMajor: [(0, data)], results: [result(data)], library)
    }

    /// Reads images whose channels lie last as they lie, where the result is row-major all the same.
    private func channelsLast(
        _ data: KernelOperand, _ library: OneDNNLibrary
    ) throws(EngineError) -> KernelDraft? {
        let rank = data.extents.count
        guard rank >= 3, data.layout.pixelStride(data.extents) == data.extents[1] else { return nil }
        let order = [0] + Array(2..<rank) + [1]
        let kept = order.filter { !axes.contains($0) && data.extents[$0] != 1 }
        guard kept == kept.sorted(), let form = form(order, data) else { return nil }
        return KernelDraft(
            kernel(form, library), reading: [(0, data, data.layout)],
            destination: try Layout(result(data), library), extents: result(data), isRowMajor: true)
    }

    private func kernel(_ form: ReductionForm, _ library: OneDNNLibrary) -> ReductionKernel {
        ReductionKernel(kind: kind, form: form, vectors: library.vectors)
    }

    /// - Parameter order: the axes from the outermost to the innermost.
    private func form(_ order: some Sequence<Int>, _ data: KernelOperand) -> ReductionForm? {
        ReductionForm(order.map { (data.extents[$0], axes.contains($0)) })
    }

    /// The extents of the result.
    private func result(_ data: KernelOperand) -> [Int] {
        data.extents.indices.compactMap { axis in
            if axes.contains(axis) { return keepsDimensions ? 1 : nil }
            return data.extents[axis]
        }
    }

    private func pooling(_ data: KernelOperand) -> PoolingPlanner? {
        let spatial = Array(data.extents.dropFirst(2))
        guard kind == .mean, (1...3).contains(spatial.count), axes == Array(2..<data.extents.count) else { return nil }
        let ones = [Int](repeating: 1, count: spatial.count)
        return PoolingPlanner(
            kind: .average(countsPadding: false),
            window: Kernel.Window(
                size: spatial, strides: ones, dilations: ones, padding: [Int](repeating: 0, count: 2 * spatial.count)))
    }

    /// The same result without the reduced axes, where they are not kept and it lies row-major.
    private func reshaped(_ draft: KernelDraft, _ data: KernelOperand) -> KernelDraft {
        guard !keepsDimensions else { return draft }
        return KernelDraft(
            draft.computation, draft.sources,
            results: draft.results.map {
                KernelDraft.Result(layout: $0.layout, extents: result(data), isRowMajor: $0.isRowMajor)
            })
    }
}

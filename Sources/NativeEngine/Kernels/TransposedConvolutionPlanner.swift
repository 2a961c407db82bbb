import COneDNN
import Engines
import Operators

/// Transposed convolutions: oneDNN's deconvolution, whose weights name the result's channels first.
struct TransposedConvolutionPlanner: KernelPlanner {
    let window: Kernel.Window
    let groups: Int
    let outputPadding: [Int]

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], let weights = operands[1], (3...5).contains(data.extents.count),
            weights.extents.count == data.extents.count, weights.extents[0] == data.extents[1],
            data.extents[1] % groups == 0
        else { return nil }
        let numbers = WindowNumbers(window)
        // What the result has beyond the padded end is padding the less.
        let after = zip(numbers.after, outputPadding).map { $0 - Int64($1) }
        let spatial = outputPadding.indices.map { axis in
            (data.extents[2 + axis] - 1) * window.strides[axis] + numbers.span(axis) - Int(numbers.before[axis])
                - Int(after[axis])
        }
        guard after.allSatisfy({ $0 >= 0 }), spatial.allSatisfy({ $0 > 0 }) else { return nil }
        let perGroup = (inputs: data.extents[1] / groups, results: weights.extents[1])
        let extents = [data.extents[0], perGroup.results * groups] + spatial
        let given = try weightLayout(perGroup, library)
        let anyData = try Layout.chosenByPrimitive(data.extents, library)
        let anyWeights = try Layout.chosenByPrimitive(given.extents, library)
        let anyResult = try Layout.chosenByPrimitive(extents, library)
        let hasBias = operands.count > 2 && operands[2] != nil
        guard !hasBias || operands[2]?.extents == [extents[1]] else { return nil }
        let biasLayout = hasBias ? try Layout([extents[1]], library) : nil
        let functions = library.functions
        let description = try PrimitiveDescription("dnnl_deconvolution_forward_primitive_desc_create", library) {
            functions.deconvolution(
                $0, library.engine, Int32(ONEDNN_FORWARD_INFERENCE), Int32(ONEDNN_DECONVOLUTION_DIRECT),
                anyData.handle, anyWeights.handle, biasLayout?.handle, anyResult.handle, numbers.strides, numbers.gaps,
                numbers.before, after, $1)
        }
        guard let description, let wantedData = try description.layout(ONEDNN_QUERY_SOURCE),
            let wantedWeights = try description.layout(ONEDNN_QUERY_WEIGHTS),
            let result = try description.layout(ONEDNN_QUERY_DESTINATION)
        else { return nil }
        var sources = [
            KernelDraft.Source(
                argument: ONEDNN_ARGUMENT_SOURCE, operand: 0, acceptsAnyLayout: true, given: data.layout,
                wanted: wantedData),
            KernelDraft.Source(
                argument: ONEDNN_ARGUMENT_WEIGHTS, operand: 1, acceptsAnyLayout: false, given: given.layout,
                wanted: wantedWeights),
        ]
        if let biasLayout {
            sources.append(
                KernelDraft.Source(
                    argument: ONEDNN_ARGUMENT_BIAS, operand: 2, acceptsAnyLayout: false, given: biasLayout,
                    wanted: biasLayout))
        }
        return KernelDraft(
            description, sources, destination: result, extents: extents,
            isRowMajor: result.isSame(as: try Layout(extents, library)))
    }

    /// ONNX's `[C, M/group, kernel…]` read as `[group, M/group, C/group, kernel…]`.
    private func weightLayout(
        _ perGroup: (inputs: Int, results: Int), _ library: OneDNNLibrary
    ) throws(EngineError) -> (extents: [Int], layout: Layout) {
        let stored = [groups, perGroup.inputs, perGroup.results] + window.size
        var (extents, strides) = (stored, Layout.rowMajorStrides(stored))
        extents.swapAt(1, 2)
        strides.swapAt(1, 2)
        if groups == 1 { (extents, strides) = (Array(extents[1...]), Array(strides[1...])) }
        return (extents, try Layout(extents, strides: strides, library))
    }
}

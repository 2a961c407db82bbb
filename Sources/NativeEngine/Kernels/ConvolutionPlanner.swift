import COneDNN
import Engines
import Operators

/// Convolutions; images lie channels-last, which suits most kernels, weights as the kernel wants them.
struct ConvolutionPlanner: FusingPlanner, PlacingPlanner {
    let window: Kernel.Window
    let groups: Int
    var postOperations: [PostOperation] = []
    var destination: Layout?
    var readsParts: Bool { true }

    init(window: Kernel.Window, groups: Int) {
        self.window = window
        self.groups = groups
    }

    func fuses(_ operations: [PostOperation]) -> Bool { true }

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], let weights = operands[1], let extents = resultExtents(data, weights) else {
            return nil
        }
        let bias = operands.count > 2 ? operands[2] : nil
        let numbers = WindowNumbers(window)
        if let finish = ConvolutionFinish(postOperations, operands, extents: extents),
            let draft = try DirectConvolution(
                data: data, weights: weights, groups: groups, numbers: numbers, extents: extents, finish: finish,
                destination: destination
            ).draft(operands, library)
        {
            return draft
        }
        let weightExtents =
            groups == 1
            ? weights.extents : [groups, weights.extents[0] / groups] + Array(weights.extents[1...])
        let anyWeights = try Layout.chosenByPrimitive(weightExtents, library)
        let biasLayout = bias == nil ? nil : try Layout([extents[1]], library)
        let chain = try PostOperationChain(postOperations, operands, extents: extents, chooses: true, library)
        guard let chain else { return nil }
        // Left to itself, oneDNN takes slower kernels for some shapes, and images are rearranged between kernels.
        let isImage = data.extents.count == 4 && data.extents[1] > 4
        var description: PrimitiveDescription?
        if isImage {
            description = try self.description(
                data: try Layout.channelsLast(data.extents, library), anyWeights, bias: biasLayout,
                result: try Layout.channelsLast(extents, library), chain, library)
        }
        if description == nil || description?.isReference == true {
            description = try self.description(
                data: try Layout.chosenByPrimitive(data.extents, library), anyWeights, bias: biasLayout,
                result: try Layout.chosenByPrimitive(extents, library), chain, library)
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
                argument: ONEDNN_ARGUMENT_WEIGHTS, operand: 1, acceptsAnyLayout: false,
                given: try Layout(weightExtents, library), wanted: wantedWeights),
        ]
        if let biasLayout {
            sources.append(
                KernelDraft.Source(
                    argument: ONEDNN_ARGUMENT_BIAS, operand: 2, acceptsAnyLayout: false, given: biasLayout,
                    wanted: biasLayout))
        }
        sources += try chain.sources(description, operands)
        return KernelDraft(
            description, sources, destination: result, extents: extents,
            isRowMajor: result.isSame(as: try Layout(extents, library)))
    }

    private func description(
        data: Layout, _ weights: Layout, bias: Layout?, result: Layout, _ chain: PostOperationChain,
        _ library: OneDNNLibrary
    ) throws(EngineError) -> PrimitiveDescription? {
        let (numbers, functions) = (WindowNumbers(window), library.functions)
        return try PrimitiveDescription(
            "dnnl_convolution_forward_primitive_desc_create", library, postOperations: chain.operations
        ) {
            functions.convolution(
                $0, library.engine, Int32(ONEDNN_FORWARD_INFERENCE), Int32(ONEDNN_CONVOLUTION_DIRECT), data.handle,
                weights.handle, bias?.handle, result.handle, numbers.strides, numbers.gaps, numbers.before,
                numbers.after, $1)
        }
    }

    private func resultExtents(_ data: KernelOperand, _ weights: KernelOperand) -> [Int]? {
        guard data.extents.count >= 3, data.extents.count <= 5, weights.extents.count == data.extents.count,
            weights.extents[0] % groups == 0, weights.extents[1] * groups == data.extents[1],
            window.size == Array(weights.extents[2...])
        else { return nil }
        guard let spatial = WindowNumbers(window).resultExtents(Array(data.extents[2...])) else { return nil }
        return [data.extents[0], weights.extents[0]] + spatial
    }
}

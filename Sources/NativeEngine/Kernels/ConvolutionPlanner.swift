import COneDNN
import Engines
import Operators
import Tensors

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
        guard bias == nil || bias?.extents == [extents[1]] else { return nil }
        let numbers = WindowNumbers(window)
        if let finish = ConvolutionFinish(postOperations, operands, extents: extents),
            let draft = try DirectConvolution(
                data: data, weights: weights, groups: groups, numbers: numbers, extents: extents, finish: finish,
                destination: destination
            ).draft(operands, library)
        {
            return draft
        }
        if let turned = try turnedDraft(data, weights, operands, extents, library) { return turned }
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

    /// The same convolution with both axes of the image exchanged: kernels divide the last axis among vectors, and an image
    /// one pixel wide lies in memory as one that is one pixel high.
    private func turnedDraft(
        _ data: KernelOperand, _ weights: KernelOperand, _ operands: [KernelOperand?], _ extents: [Int],
        _ library: OneDNNLibrary
    ) throws(EngineError) -> KernelDraft? {
        guard extents.count == 4, data.extents[3] == 1, extents[3] == 1, window.size[1] == 1, data.extents[2] > 1,
            postOperations.allSatisfy({ $0.operand == nil || operands[$0.operand ?? 0]?.elementCount == 1 })
        else { return nil }
        let turn = { (extents: [Int]) in [extents[0], extents[1], extents[3], extents[2]] }
        let given: Layout
        if data.isRowMajor {
            given = try Layout(turn(data.extents), library)
        } else if let step = data.layout.pixelStride(data.extents) {
            given = try Layout.channelsLast(turn(data.extents), pixelStride: step, library)
        } else {
            return nil
        }
        let pair = { (numbers: [Int]) in numbers.indices.map { numbers[$0 ^ 1] } }
        var planner = ConvolutionPlanner(
            window: Kernel.Window(
                size: pair(window.size), strides: pair(window.strides), dilations: pair(window.dilations),
                padding: pair(window.padding)), groups: groups)
        planner.postOperations = postOperations
        var turned = operands
        turned[0] = KernelOperand(
            extents: turn(data.extents), elementType: data.elementType, layout: given, isRowMajor: data.isRowMajor)
        turned[1] = KernelOperand(
            extents: turn(weights.extents), elementType: weights.elementType,
            layout: try Layout(turn(weights.extents), library), isRowMajor: true,
            constant: try? weights.constant?.reshaped(to: Shape(turn(weights.extents))))
        guard weights.isConstant, let draft = try planner.draft(turned, library),
            draft.results[0].layout.pixelStride(turn(extents)) == extents[1]
        else { return nil }
        return KernelDraft(
            draft.computation, draft.sources,
            results: [
                KernelDraft.Result(
                    layout: try Layout.channelsLast(extents, library), extents: extents, isRowMajor: false)
            ])
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

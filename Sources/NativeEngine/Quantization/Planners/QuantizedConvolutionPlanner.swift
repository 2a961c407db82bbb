import COneDNN
import Engines
import Operators
import Tensors

/// Convolutions of bytes with signed symmetric weights, in the layouts that oneDNN chooses; only where its sums are exact.
struct QuantizedConvolutionPlanner: KernelPlanner {
    let window: Kernel.Window
    let groups: Int
    let activation: Kernel.QuantizedActivation

    func takes(_ operands: [KernelOperand?]) -> Bool {
        guard QuantizedOperands(operands)?.isLeftReal == false, operands[3]?.elementType == .int8 else { return false }
        return operands.count <= 6 || operands[6].map { $0.elementType == .float32 } ?? true
    }

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard library.sumsBytesExactly, let read = QuantizedOperands(operands), activation != .gelu,
            let extents = resultExtents(read.left, read.right), hasSymmetricWeights(operands)
        else { return nil }
        let weightExtents =
            groups == 1
            ? read.right.extents : [groups, read.right.extents[0] / groups] + Array(read.right.extents[1...])
        let (data, weights, result) = (
            try Layout.chosenByPrimitive(read.left.extents, type: read.left.elementType, library),
            try Layout.chosenByPrimitive(weightExtents, type: .int8, library),
            try Layout.chosenByPrimitive(extents, type: read.resultType, library)
        )
        let bias = operands.count > 6 ? operands[6] : nil
        let biasLayout = bias == nil ? nil : try Layout([extents[1]], library)
        guard bias.map({ $0.elementCount == extents[1] }) ?? true,
            let parameters = try parameters(operands, channels: extents[1], library)
        else { return nil }
        let chain = try PostOperations(library)
        if activation == .relu { try chain.append(EltwiseFunction(ONEDNN_ELTWISE_RELU)) }
        let (numbers, functions) = (WindowNumbers(window), library.functions)
        let description = try PrimitiveDescription(
            "dnnl_convolution_forward_primitive_desc_create", library, postOperations: chain,
            quantization: parameters.map(\.mask)
        ) {
            functions.convolution(
                $0, library.engine, Int32(ONEDNN_FORWARD_INFERENCE), Int32(ONEDNN_CONVOLUTION_DIRECT), data.handle,
                weights.handle, biasLayout?.handle, result.handle, numbers.strides, numbers.gaps, numbers.before,
                numbers.after, $1)
        }
        guard let description, let wantedData = try description.layout(ONEDNN_QUERY_SOURCE),
            let wantedWeights = try description.layout(ONEDNN_QUERY_WEIGHTS),
            let wantedResult = try description.layout(ONEDNN_QUERY_DESTINATION)
        else { return nil }
        var sources = [
            KernelDraft.Source(
                argument: ONEDNN_ARGUMENT_SOURCE, operand: 0, acceptsAnyLayout: true, given: read.left.layout,
                wanted: wantedData),
            KernelDraft.Source(
                argument: ONEDNN_ARGUMENT_WEIGHTS, operand: 3, acceptsAnyLayout: false,
                given: try Layout(weightExtents, type: .int8, library), wanted: wantedWeights),
        ]
        if let biasLayout {
            sources.append(
                KernelDraft.Source(
                    argument: ONEDNN_ARGUMENT_BIAS, operand: 6, acceptsAnyLayout: false, given: biasLayout,
                    wanted: biasLayout))
        }
        return KernelDraft(
            description, sources + parameters.map(\.source), destination: wantedResult, extents: extents,
            isRowMajor: wantedResult.isSame(as: try Layout(extents, type: read.resultType, library)))
    }

    /// A scale or zero point, and how the primitive takes it.
    private struct Parameter {
        let mask: QuantizationMask
        let source: KernelDraft.Source
    }

    private func parameters(
        _ operands: [KernelOperand?], channels: Int, _ library: OneDNNLibrary
    ) throws(EngineError) -> [Parameter]? {
        let forms: [(operand: Int, kind: QuantizationMask.Kind, argument: Int)] = [
            (1, .scale, ONEDNN_ARGUMENT_SOURCE), (2, .zeroPoint, ONEDNN_ARGUMENT_SOURCE),
            (4, .scale, ONEDNN_ARGUMENT_WEIGHTS), (7, .scale, ONEDNN_ARGUMENT_DESTINATION),
            (8, .zeroPoint, ONEDNN_ARGUMENT_DESTINATION),
        ]
        var parameters: [Parameter] = []
        for form in forms where form.operand < operands.count {
            guard let operand = operands[form.operand] else { continue }
            let isPerChannel = operand.elementCount > 1
            guard !isPerChannel || form.operand == 4 && operand.elementCount == channels else { return nil }
            let given = try Layout([operand.elementCount], type: operand.elementType, library)
            let wanted = form.kind == .scale ? given : try Layout([1], type: .int32, library)
            let base = form.kind == .scale ? ONEDNN_ARGUMENT_SCALES : ONEDNN_ARGUMENT_ZERO_POINTS
            parameters.append(
                Parameter(
                    mask: QuantizationMask(
                        kind: form.kind, argument: form.argument, axes: isPerChannel ? groups == 1 ? 1 : 3 : 0),
                    source: KernelDraft.Source(
                        argument: base | form.argument, operand: form.operand, acceptsAnyLayout: false, given: given,
                        wanted: wanted)))
        }
        return parameters
    }

    /// oneDNN's weights have no zero points.
    private func hasSymmetricWeights(_ operands: [KernelOperand?]) -> Bool {
        guard operands.count > 5, let zeroPoint = operands[5] else { return true }
        return (try? zeroPoint.constant?.doubles())?.allSatisfy { $0 == 0 } ?? false
    }

    private func resultExtents(_ data: KernelOperand, _ weights: KernelOperand) -> [Int]? {
        guard (3...5).contains(data.extents.count), weights.extents.count == data.extents.count,
            weights.extents[0] % groups == 0, weights.extents[1] * groups == data.extents[1],
            window.size == Array(weights.extents[2...]),
            let spatial = WindowNumbers(window).resultExtents(Array(data.extents[2...]))
        else { return nil }
        return [data.extents[0], weights.extents[0]] + spatial
    }
}

import COneDNN
import CVectorKernels
import Engines

/// Chooses Assay's own kernels for the convolutions that they compute faster than oneDNN.
///
/// These are windows of 1 x 1 and 3 x 3, each channel by itself, and the first convolution of an image. Images lie
/// channels-last.
struct DirectConvolution {
    let data: KernelOperand
    let weights: KernelOperand
    let groups: Int
    let numbers: WindowNumbers
    /// The extents of the result.
    let extents: [Int]
    let finish: ConvolutionFinish
    /// Where the result should lie; `nil` for pixels that follow each other.
    let destination: Layout?

    /// A draft; `nil` where oneDNN is faster, or this processor lacks the instructions.
    ///
    /// - Throws: `EngineError`.
    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard assay_convolution_is_available() != 0, data.extents.count == 4, let constant = weights.constant,
            extents.allSatisfy({ $0 > 0 }), numbers.gaps.allSatisfy({ $0 == 0 })
        else { return nil }
        let form = form(operands)
        if let kernel = PointwiseKernel(form) {
            return try draft(
                kernel, form, operands, library, weightExtents: weights.extents, data: try wanted(data, library))
        }
        if let kernel = WinogradKernel(form, constant, library) {
            return try draft(kernel, form, operands, library, weightExtents: nil, data: try wanted(data, library))
        }
        if data.isRowMajor, let kernel = StemKernel(form) {
            return try draft(
                kernel, form, operands, library, weightExtents: weights.extents,
                data: try Layout(data.extents, library))
        }
        if let kernel = DepthwiseKernel(form) {
            return try draft(
                kernel, form, operands, library, weightExtents: [groups, 1] + weights.extents[1...],
                data: try wanted(data, library))
        }
        return nil
    }

    private func form(_ operands: [KernelOperand?]) -> ConvolutionForm {
        let residual = finish.residual.flatMap { operands[$0] }
        return ConvolutionForm(
            source: data.extents.map(Int64.init), result: extents.map(Int64.init), groups: groups, numbers: numbers,
            steps: (
                Int64(data.layout.pixelStride(data.extents) ?? data.extents[1]),
                Int64(destination?.pixelStride(extents) ?? extents[1]),
                Int64(residual?.layout.pixelStride(extents) ?? extents[1])
            ),
            hasBias: operands.count > 2 && operands[2] != nil, hasResidual: residual != nil,
            activation: finish.activation)
    }

    /// - Parameter weightExtents: `nil` where the kernel holds its weights.
    private func draft(
        _ kernel: any DirectKernel, _ form: ConvolutionForm, _ operands: [KernelOperand?], _ library: OneDNNLibrary,
        weightExtents: [Int]?, data wantedData: Layout
    ) throws(EngineError) -> KernelDraft {
        let result =
            if let destination, destination.pixelStride(extents) != nil { destination } else {
                try Layout.channelsLast(extents, library)
            }
        var sources = [source(0, data.layout, wantedData, acceptsAnyLayout: true)]
        if let weightExtents {
            let blocks = try Layout.inBlocksOf16(weightExtents, library)
            sources.append(source(1, try Layout(weightExtents, library), blocks, acceptsAnyLayout: false))
        }
        if form.hasBias {
            let bias = try Layout([extents[1]], library)
            sources.append(source(2, bias, bias, acceptsAnyLayout: false))
        }
        if let residual = finish.residual, let operand = operands[residual] {
            sources.append(source(residual, operand.layout, try wanted(operand, library), acceptsAnyLayout: true))
        }
        return KernelDraft(
            .direct(kernel), sources,
            results: [
                KernelDraft.Result(
                    layout: result, extents: extents, isRowMajor: result.isSame(as: try Layout(extents, library)))
            ])
    }

    /// An image as it lies where its pixels lie evenly, else channels-last.
    private func wanted(_ operand: KernelOperand, _ library: OneDNNLibrary) throws(EngineError) -> Layout {
        if operand.layout.pixelStride(operand.extents) != nil { return operand.layout }
        return try Layout.channelsLast(operand.extents, library)
    }

    private func source(
        _ operand: Int, _ given: Layout, _ wanted: Layout, acceptsAnyLayout: Bool
    ) -> KernelDraft.Source {
        KernelDraft.Source(
            argument: 0, operand: operand, acceptsAnyLayout: acceptsAnyLayout, given: given, wanted: wanted)
    }
}

extension Layout {
    /// Row-major, with 16 elements of the first axis innermost; zeros fill the last block.
    ///
    /// - Throws: `EngineError`.
    static func inBlocksOf16(_ extents: [Int], _ library: OneDNNLibrary) throws(EngineError) -> Layout {
        try Layout(extents, tag: extents.count == 4 ? ONEDNN_TAG_ABCD16A : ONEDNN_TAG_ABCDE16A, library)
    }
}

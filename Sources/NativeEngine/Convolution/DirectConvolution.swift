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

    /// How many floats apart neighbouring pixels of the data, of the result and of the residual lie.
    struct Steps {
        var data = 0
        var result = 0
        var residual = 0
    }

    /// A draft; `nil` where oneDNN is faster, or this processor lacks the instructions.
    ///
    /// - Throws: `EngineError`.
    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard assay_convolution_is_available() != 0, data.extents.count == 4, weights.isConstant,
            extents.allSatisfy({ $0 > 0 }), numbers.gaps.allSatisfy({ $0 == 0 })
        else { return nil }
        let hasBias = operands.count > 2 && operands[2] != nil
        var steps = Steps(data: data.layout.pixelStride(data.extents) ?? data.extents[1])
        steps.result = destination?.pixelStride(extents) ?? extents[1]
        if let residual = finish.residual {
            steps.residual = operands[residual]?.layout.pixelStride(extents) ?? extents[1]
        }
        if groups == 1, numbers.size == [1, 1], numbers.before + numbers.after == [0, 0, 0, 0] {
            let kernel = PointwiseKernel(self, steps, hasBias: hasBias)
            return try draft(
                kernel, operands, library, weightExtents: weights.extents, data: try wanted(data, library)
            )
        }
        if let kernel = WinogradKernel(self, steps, hasBias: hasBias, library) {
            return try draft(
                kernel, operands, library, weightExtents: nil, data: try wanted(data, library))
        }
        guard finish.residual == nil else { return nil }
        if groups == 1, let kernel = StemKernel(self, steps, hasBias: hasBias) {
            return try draft(
                kernel, operands, library, weightExtents: weights.extents, data: try Layout(data.extents, library))
        }
        if let kernel = DepthwiseKernel(self, steps, hasBias: hasBias) {
            return try draft(
                kernel, operands, library, weightExtents: [groups, 1] + weights.extents[1...],
                data: try wanted(data, library))
        }
        return nil
    }

    /// - Parameter weightExtents: `nil` where the kernel holds its weights.
    private func draft(
        _ kernel: any DirectKernel, _ operands: [KernelOperand?], _ library: OneDNNLibrary, weightExtents: [Int]?,
        data wantedData: Layout
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
        if operands.count > 2, operands[2] != nil {
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

extension DirectMemory {
    /// An operand of `f32`.
    func source(_ index: Int) -> UnsafePointer<Float> {
        UnsafePointer(operands[index].assumingMemoryBound(to: Float.self))
    }

    /// The result, of `f32`.
    var result: UnsafeMutablePointer<Float> { results[0].assumingMemoryBound(to: Float.self) }
}

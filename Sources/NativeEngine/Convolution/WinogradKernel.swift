import CVectorKernels
import Engines
import Tensors

/// A convolution of window 3 x 3 and stride 1 by Winograd's minimal filtering, F(2 x 2, 3 x 3).
///
/// Its rounding differs from that of direct sums by about as much as theirs from exact ones. An infinite element of the
/// image makes all results of its tiles NaN, where direct sums are infinite. Such tiles are not computed again: that would
/// take the weights as they were beside the transformed ones, and every result would have to be looked at.
struct WinogradKernel: DirectKernel {
    private let form: ConvolutionForm
    /// The weights, transformed once.
    private let weights: Buffer
    let scratchByteCount: Int

    /// The kernel; `nil` for other windows, and where there is too little to compute.
    init?(_ form: ConvolutionForm, _ constant: Tensor, _ library: OneDNNLibrary) {
        let (numbers, source, result) = (form.numbers, form.source, form.result)
        let tiles = result[0] * ((result[2] + 1) / 2) * ((result[3] + 1) / 2)
        guard form.groups == 1, numbers.size == [3, 3], numbers.strides == [1, 1], source[1] >= 16, result[1] >= 16,
            tiles > 16 || result[1] > 32, let memory = OperandMemory(constant, pool: library.pool)
        else { return nil }
        self.form = form
        let blocks = (result[1] + 15) / 16
        weights = library.pool.buffer(Int(16 * blocks * 16 * source[1]) * MemoryLayout<Float>.size)
        assay_convolution_winograd_weights(
            weights.pointer.assumingMemoryBound(to: Float.self),
            UnsafePointer(memory.address.assumingMemoryBound(to: Float.self)), result[1], source[1])
        withExtendedLifetime(memory.owner) {}
        let floats = assay_convolution_winograd_scratch(result[0], result[2], result[3], source[1], result[1])
        scratchByteCount = Int(floats) * MemoryLayout<Float>.size
    }

    func run(_ memory: DirectMemory, _ team: Team) {
        guard let scratch = memory.scratch else { return }
        let (source, result) = (form.source, form.result)
        var run = AssayWinograd(
            images: source[0], channels: source[1], height: source[2], width: source[3], outputs: result[1],
            resultHeight: result[2], resultWidth: result[3], top: form.numbers.before[0], left: form.numbers.before[1],
            sourceStep: form.steps.data, resultStep: form.steps.result, residualStep: form.steps.residual,
            source: memory.source(0), weights: UnsafePointer(weights.pointer.assumingMemoryBound(to: Float.self)),
            bias: form.hasBias ? memory.source(1) : nil,
            residual: form.hasResidual ? memory.source(memory.operands.count - 1) : nil, result: memory.result,
            scratch: scratch.assumingMemoryBound(to: Float.self), activation: form.activation)
        withUnsafePointer(to: &run) { run in
            team.run(limit: 16) { part, parts in assay_convolution_winograd(run, Int64(part), Int64(parts)) }
        }
    }
}

import CVectorKernels
import Engines
import Tensors

/// A convolution of window 3 x 3 and stride 1 by Winograd's minimal filtering, F(2 x 2, 3 x 3).
///
/// Its rounding differs from that of direct sums by about as much as theirs from exact ones. An infinite element of the
/// image makes all results of its tiles NaN.
struct WinogradKernel: DirectKernel {
    private let source: [Int64]
    private let result: [Int64]
    private let padding: (top: Int64, left: Int64)
    private let steps: DirectConvolution.Steps
    private let hasBias: Bool
    private let hasResidual: Bool
    private let activation: AssayActivation
    /// The weights, transformed once.
    private let weights: Buffer
    let scratchByteCount: Int

    /// The kernel; `nil` for other windows, and where there is too little to compute.
    init?(_ convolution: DirectConvolution, _ steps: DirectConvolution.Steps, hasBias: Bool, _ library: OneDNNLibrary) {
        let (numbers, data, extents) = (convolution.numbers, convolution.data.extents, convolution.extents)
        let tiles = extents[0] * ((extents[2] + 1) / 2) * ((extents[3] + 1) / 2)
        guard convolution.groups == 1, numbers.size == [3, 3], numbers.strides == [1, 1], data[1] >= 16,
            extents[1] >= 16, tiles > 16 || extents[1] > 32, let constant = convolution.weights.constant,
            let memory = OperandMemory(constant, pool: library.pool)
        else { return nil }
        let blocks = (extents[1] + 15) / 16
        weights = library.pool.buffer(16 * blocks * 16 * data[1] * MemoryLayout<Float>.size)
        assay_convolution_winograd_weights(
            weights.pointer.assumingMemoryBound(to: Float.self),
            UnsafePointer(memory.address.assumingMemoryBound(to: Float.self)), Int64(extents[1]), Int64(data[1]))
        withExtendedLifetime(memory.owner) {}
        source = data.map(Int64.init)
        result = extents.map(Int64.init)
        padding = (numbers.before[0], numbers.before[1])
        self.steps = steps
        self.hasBias = hasBias
        hasResidual = convolution.finish.residual != nil
        activation = convolution.finish.activation
        let floats = assay_convolution_winograd_scratch(result[0], result[2], result[3], source[1], result[1])
        scratchByteCount = Int(floats) * MemoryLayout<Float>.size
    }

    func run(_ memory: DirectMemory, _ team: Team) {
        guard let scratch = memory.scratch else { return }
        let last = memory.operands.count - 1
        var run = AssayWinograd(
            images: source[0], channels: source[1], height: source[2], width: source[3], outputs: result[1],
            resultHeight: result[2], resultWidth: result[3], top: padding.top, left: padding.left,
            sourceStep: Int64(steps.data), resultStep: Int64(steps.result),
            residualStep: Int64(steps.residual), source: memory.source(0),
            weights: UnsafePointer(weights.pointer.assumingMemoryBound(to: Float.self)),
            bias: hasBias ? memory.source(1) : nil, residual: hasResidual ? memory.source(last) : nil,
            result: memory.result, scratch: scratch.assumingMemoryBound(to: Float.self), activation: activation)
        withUnsafePointer(to: &run) { run in
            team.run(limit: 16) { part, parts in assay_convolution_winograd(run, Int64(part), Int64(parts)) }
        }
    }
}

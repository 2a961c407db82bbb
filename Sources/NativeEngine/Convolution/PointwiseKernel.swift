import CVectorKernels

/// A convolution whose window is one element: a product of pixels with a matrix.
struct PointwiseKernel: DirectKernel {
    private let images: Int
    private let lines: Int
    private let pixels: Int
    private let inputs: Int
    private let outputs: Int
    private let steps: (image: Int, line: Int, pixel: Int)
    private let resultStep: Int
    private let residualStep: Int
    private let hasBias: Bool
    private let hasResidual: Bool
    private let activation: AssayActivation

    /// The kernel; `nil` for other windows, and where there is padding.
    init?(_ form: ConvolutionForm) {
        let (source, result, numbers) = (form.source.map(Int.init), form.result.map(Int.init), form.numbers)
        guard form.groups == 1, numbers.size == [1, 1], numbers.before + numbers.after == [0, 0, 0, 0] else {
            return nil
        }
        let (strides, step) = (numbers.strides.map(Int.init), Int(form.steps.data))
        (inputs, outputs) = (source[1], result[1])
        if strides == [1, 1] {
            // All pixels follow each other.
            (images, lines, pixels) = (1, 1, result[0] * result[2] * result[3])
        } else {
            (images, lines, pixels) = (result[0], result[2], result[3])
        }
        steps = (step * source[2] * source[3], strides[0] * source[3] * step, strides[1] * step)
        (resultStep, residualStep) = (Int(form.steps.result), Int(form.steps.residual))
        (hasBias, hasResidual, activation) = (form.hasBias, form.hasResidual, form.activation)
    }

    /// A product of rows that follow each other with a constant matrix.
    init(rows: Int, inputs: Int, outputs: Int, hasBias: Bool, finish: ConvolutionFinish) {
        (images, lines, pixels) = (1, 1, rows)
        (self.inputs, self.outputs) = (inputs, outputs)
        steps = (rows * inputs, rows * inputs, inputs)
        (resultStep, residualStep) = (outputs, outputs)
        self.hasBias = hasBias
        hasResidual = finish.residual != nil
        activation = finish.activation
    }

    func run(_ memory: DirectMemory, _ team: Team) {
        var run = AssayPointwise(
            images: Int64(images), lines: Int64(lines), pixels: Int64(pixels), inputs: Int64(inputs),
            outputs: Int64(outputs), imageStep: Int64(steps.image), lineStep: Int64(steps.line),
            pixelStep: Int64(steps.pixel), resultStep: Int64(resultStep), residualStep: Int64(residualStep),
            source: memory.source(0), weights: memory.source(1), bias: hasBias ? memory.source(2) : nil,
            residual: hasResidual ? memory.source(memory.operands.count - 1) : nil,
            result: memory.result, activation: activation)
        withUnsafePointer(to: &run) { run in
            team.run { part, parts in assay_convolution_pointwise(run, Int64(part), Int64(parts)) }
        }
    }
}

import CVectorKernels

/// A convolution of each channel by itself.
struct DepthwiseKernel: DirectKernel {
    private let form: ConvolutionForm

    /// The kernel; `nil` for windows and padding that it lacks.
    init?(_ form: ConvolutionForm) {
        let numbers = form.numbers
        guard form.groups > 1, form.groups == form.source[1], form.groups == form.result[1], !form.hasResidual,
            numbers.size == [3, 3] || numbers.size == [5, 5], numbers.strides[1] <= 2,
            max(numbers.before[1], numbers.after[1]) <= numbers.size[1] / 2
        else { return nil }
        self.form = form
    }

    func run(_ memory: DirectMemory, _ team: Team) {
        let (source, result, numbers) = (form.source, form.result, form.numbers)
        var run = AssayDepthwise(
            images: source[0], channels: source[1], height: source[2], width: source[3], resultHeight: result[2],
            resultWidth: result[3], window: numbers.size[0], strideHeight: numbers.strides[0],
            strideWidth: numbers.strides[1], top: numbers.before[0], left: numbers.before[1],
            sourceStep: form.steps.data, resultStep: form.steps.result, source: memory.source(0),
            weights: memory.source(1), bias: form.hasBias ? memory.source(2) : nil, result: memory.result,
            activation: form.activation)
        withUnsafePointer(to: &run) { run in
            team.run { part, parts in assay_convolution_depthwise(run, Int64(part), Int64(parts)) }
        }
    }
}

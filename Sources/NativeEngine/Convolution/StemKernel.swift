import CVectorKernels

/// The first convolution of an image: few channels, row-major, each pixel of the result written channels-last.
struct StemKernel: DirectKernel {
    private let form: ConvolutionForm

    /// The kernel for row-major data; `nil` for images of many channels, or so wide that their lines do not fit its memory.
    init?(_ form: ConvolutionForm) {
        guard form.groups == 1, !form.hasResidual, form.source[1] <= 4,
            assay_convolution_takes_stem(
                form.source[1], form.numbers.size[0], form.numbers.size[1], form.numbers.strides[1], form.result[3])
                != 0
        else { return nil }
        self.form = form
    }

    func run(_ memory: DirectMemory, _ team: Team) {
        let (source, result, numbers) = (form.source, form.result, form.numbers)
        var run = AssayStem(
            images: source[0], channels: source[1], height: source[2], width: source[3], outputs: result[1],
            resultHeight: result[2], resultWidth: result[3], windowHeight: numbers.size[0],
            windowWidth: numbers.size[1], strideHeight: numbers.strides[0], strideWidth: numbers.strides[1],
            top: numbers.before[0], left: numbers.before[1], resultStep: form.steps.result, source: memory.source(0),
            weights: memory.source(1), bias: form.hasBias ? memory.source(2) : nil, result: memory.result,
            activation: form.activation)
        withUnsafePointer(to: &run) { run in
            team.run { part, parts in assay_convolution_stem(run, Int64(part), Int64(parts)) }
        }
    }
}

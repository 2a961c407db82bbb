import CVectorKernels

/// The first convolution of an image: few channels, row-major, each pixel of the result written channels-last.
struct StemKernel: DirectKernel {
    private let source: [Int64]
    private let result: [Int64]
    private let numbers: WindowNumbers
    private let steps: DirectConvolution.Steps
    private let hasBias: Bool
    private let activation: AssayActivation

    /// The kernel; `nil` for images of many channels, or so wide that their lines do not fit its memory.
    init?(_ convolution: DirectConvolution, _ steps: DirectConvolution.Steps, hasBias: Bool) {
        guard convolution.data.isRowMajor, convolution.data.extents[1] <= 4 else { return nil }
        source = convolution.data.extents.map(Int64.init)
        result = convolution.extents.map(Int64.init)
        numbers = convolution.numbers
        self.steps = steps
        self.hasBias = hasBias
        activation = convolution.finish.activation
        let placeholder = UnsafeMutablePointer<Float>.allocate(capacity: 1)
        defer { placeholder.deallocate() }
        var run = self.run(UnsafePointer(placeholder), UnsafePointer(placeholder), nil, placeholder)
        guard assay_convolution_takes_stem(&run) != 0 else { return nil }
    }

    func run(_ memory: DirectMemory, _ team: Team) {
        var run = self.run(
            memory.source(0), memory.source(1), hasBias ? memory.source(2) : nil, memory.result)
        withUnsafePointer(to: &run) { run in
            team.run { part, parts in assay_convolution_stem(run, Int64(part), Int64(parts)) }
        }
    }

    private func run(
        _ data: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, _ bias: UnsafePointer<Float>?,
        _ target: UnsafeMutablePointer<Float>
    ) -> AssayStem {
        AssayStem(
            images: source[0], channels: source[1], height: source[2], width: source[3], outputs: result[1],
            resultHeight: result[2], resultWidth: result[3], windowHeight: numbers.size[0],
            windowWidth: numbers.size[1], strideHeight: numbers.strides[0], strideWidth: numbers.strides[1],
            top: numbers.before[0], left: numbers.before[1], resultStep: Int64(steps.result), source: data,
            weights: weights, bias: bias,
            result: target, activation: activation)
    }
}

import CVectorKernels

/// A convolution of each channel by itself.
struct DepthwiseKernel: DirectKernel {
    private let source: [Int64]
    private let result: [Int64]
    private let numbers: WindowNumbers
    private let steps: DirectConvolution.Steps
    private let hasBias: Bool
    private let activation: AssayActivation

    /// The kernel; `nil` for windows and padding that it lacks.
    init?(_ convolution: DirectConvolution, _ steps: DirectConvolution.Steps, hasBias: Bool) {
        let numbers = convolution.numbers
        guard convolution.groups > 1, convolution.groups == convolution.data.extents[1],
            convolution.extents[1] == convolution.groups, numbers.size == [3, 3] || numbers.size == [5, 5],
            numbers.strides[1] <= 2, max(numbers.before[1], numbers.after[1]) <= numbers.size[1] / 2
        else { return nil }
        source = convolution.data.extents.map(Int64.init)
        result = convolution.extents.map(Int64.init)
        self.numbers = numbers
        self.steps = steps
        self.hasBias = hasBias
        activation = convolution.finish.activation
    }

    func run(_ memory: DirectMemory, _ team: Team) {
        var run = AssayDepthwise(
            images: source[0], channels: source[1], height: source[2], width: source[3], resultHeight: result[2],
            resultWidth: result[3], window: numbers.size[0], strideHeight: numbers.strides[0],
            strideWidth: numbers.strides[1], top: numbers.before[0], left: numbers.before[1],
            sourceStep: Int64(steps.data), resultStep: Int64(steps.result), source: memory.source(0),
            weights: memory.source(1), bias: hasBias ? memory.source(2) : nil,
            result: memory.result, activation: activation)
        withUnsafePointer(to: &run) { run in
            team.run { part, parts in assay_convolution_depthwise(run, Int64(part), Int64(parts)) }
        }
    }
}

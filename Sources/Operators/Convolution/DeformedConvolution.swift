import Tensors

/// The reference kernel of deformable convolution.
struct DeformedConvolution: RealKernel {
    let problem: ConvolutionProblem
    let data: Tensor
    /// `[M, C/group, window…]`.
    let weights: Tensor
    /// `[N, offset groups × window elements × axes, result extents…]`, the outer axis first.
    let offsets: Tensor
    let bias: Tensor?
    /// `[N, offset groups × window elements, result extents…]`.
    let mask: Tensor?
    let offsetGroups: Int
    let path: String

    private var window: [Int] { problem.window.size }
    private var taps: Int { window.extentProduct }

    /// Refuses offsets and masks that do not fit.
    func check() throws(OperatorError) {
        guard offsetGroups > 0, problem.dataChannels % offsetGroups == 0 else {
            throw OperatorError(
                .attribute, subject: path, reason: "\(offsetGroups) groups of offsets do not divide the channels")
        }
        let places = offsetGroups * taps
        let shapes = [("offset", offsets, places * window.count)] + (mask.map { [("mask", $0, places)] } ?? [])
        for (name, tensor, planes) in shapes {
            let expected = Shape([problem.batch, planes] + problem.resultExtents)
            guard tensor.shape == expected else {
                throw OperatorError(
                    .shape, subject: path, reason: "\(name) has shape \(tensor.shape)",
                    remedy: "give it the shape \(expected)")
            }
        }
    }

    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
        let values: [T] = try data.elements(path)
        let factors: [T] = try weights.elements(path)
        let moves: [T] = try offsets.elements(path)
        let shares: [T]? = try mask.map { (mask) throws(OperatorError) in try mask.elements(path) }
        let biases: [T]? = try bias.map { (bias) throws(OperatorError) in try bias.elements(path) }
        let (plane, area) = (problem.dataExtents.extentProduct, problem.resultExtents.extentProduct)
        let channelsPerGroup = problem.dataChannels / problem.groups
        let resultsPerGroup = problem.resultChannels / problem.groups
        let channelsPerOffset = problem.dataChannels / offsetGroups
        var result = [T](repeating: 0, count: problem.batch * problem.resultChannels * area)
        if let biases {
            for index in result.indices { result[index] = biases[index / area % problem.resultChannels] }
        }
        for image in 0..<problem.batch {
            for (point, position) in Odometer(problem.resultExtents).enumerated() {
                for (tap, element) in Odometer(window).enumerated() {
                    for group in 0..<offsetGroups {
                        let row = (image * offsetGroups + group) * taps + tap
                        let place = window.indices.map { axis in
                            start(axis, position[axis], element[axis])
                                + Double(moves[(row * window.count + axis) * area + point])
                        }
                        let sources = LinearTaps(place, extents: problem.dataExtents).taps
                        if sources.isEmpty { continue }
                        let share = shares?[row * area + point] ?? 1
                        for channel in group * channelsPerOffset..<(group + 1) * channelsPerOffset {
                            let base = (image * problem.dataChannels + channel) * plane
                            let sample = share * sources.reduce(0) { $0 + T($1.weight) * values[base + $1.source] }
                            let first = channel / channelsPerGroup * resultsPerGroup
                            for output in first..<first + resultsPerGroup {
                                let factor = (output * channelsPerGroup + channel % channelsPerGroup) * taps + tap
                                result[(image * problem.resultChannels + output) * area + point] +=
                                    sample * factors[factor]
                            }
                        }
                    }
                }
            }
        }
        return try .make(result, Shape([problem.batch, problem.resultChannels] + problem.resultExtents), path)
    }

    /// Where an element of the window would read without an offset.
    private func start(_ axis: Int, _ position: Int, _ element: Int) -> Double {
        Double(
            position * problem.window.strides[axis] + element * problem.window.dilations[axis]
                - problem.window.padding[axis])
    }
}

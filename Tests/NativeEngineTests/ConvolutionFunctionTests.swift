import CVectorKernels
import Tensors
import Testing

/// The C functions of convolutions against sums in `f64`, on random geometries, whole and in parts.
@Suite(.enabled(if: assay_convolution_is_available() != 0, "this processor lacks AVX-512"))
struct ConvolutionFunctionTests {
    /// A geometry with random numbers, channels last except where `isPlanar`.
    private struct Problem {
        var images = 1
        var channels = 1
        var outputs = 1
        var size = (height: 1, width: 1)
        var result = (height: 1, width: 1)
        var window = 1
        var strides = (height: 1, width: 1)
        var padding = (top: 0, left: 0)
        /// Floats between the channels of neighbouring pixels, of the data and of the result.
        var gaps = (data: 0, result: 0)
        var isDepthwise = false
        var isPlanar = false
        var hasResidual = false
        var activation = AssayActivation(lowest: -.infinity, highest: .infinity, isHardSwish: 0)
        var data: [Float] = []
        var weights: [Float] = []
        var bias: [Float] = []
        var residual: [Float] = []

        /// Channels that each result reads.
        var depth: Int { isDepthwise ? 1 : channels }
        var resultCount: Int { images * result.height * result.width * outputs }

        mutating func fill(_ generator: inout SplitMix64) {
            gaps = (isPlanar ? 0 : Int(generator.integer(in: 0...2)), Int(generator.integer(in: 0...2)))
            func numbers(_ count: Int) -> [Float] {
                (0..<count).map { _ in Float(generator.integer(in: -1000...1000)) / 500 }
            }
            data = numbers(images * (channels + gaps.data) * size.height * size.width)
            bias = numbers(outputs)
            residual = numbers(resultCount)
            weights = numbers((outputs + 15) / 16 * 16 * depth * window * window)
            switch generator.integer(in: 0...3) {
            case 0: activation.lowest = 0
            case 1: (activation.lowest, activation.highest) = (0, 2)
            case 2: activation.isHardSwish = 1
            default: break
            }
        }

        /// The element of the data, zero outside the image.
        private func element(_ image: Int, _ channel: Int, _ y: Int, _ x: Int) -> Double {
            guard (0..<size.height).contains(y), (0..<size.width).contains(x) else { return 0 }
            let index =
                isPlanar
                ? ((image * channels + channel) * size.height + y) * size.width + x
                : ((image * size.height + y) * size.width + x) * (channels + gaps.data) + channel
            return Double(data[index])
        }

        func expected() -> [Double] {
            (0..<resultCount).map { index in
                let output = index % outputs
                let x = index / outputs % result.width
                let y = index / outputs / result.width % result.height
                let image = index / outputs / result.width / result.height
                var sum = Double(bias[output])
                for channel in 0..<depth {
                    for tap in 0..<window * window {
                        let place = output / 16 * depth * window * window + channel * window * window + tap
                        sum +=
                            Double(weights[place * 16 + output % 16])
                            * element(
                                image, isDepthwise ? output : channel,
                                y * strides.height - padding.top + tap / window,
                                x * strides.width - padding.left + tap % window)
                    }
                }
                if hasResidual { sum += Double(residual[index]) }
                if activation.isHardSwish != 0 { sum *= min(1, max(0, sum / 6 + 0.5)) }
                return min(Double(activation.highest), max(Double(activation.lowest), sum))
            }
        }

        /// Compares a function's result with the sums, and its parts with the whole bit by bit.
        func check(
            _ seed: UInt64,
            _ compute: (
                UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int64,
                Int64
            ) -> Void
        ) {
            let step = outputs + gaps.result
            let count = resultCount / outputs * step + 16
            var whole = [Float](repeating: .nan, count: count)
            compute(data, weights, bias, &whole, 0, 1)
            for (index, sum) in expected().enumerated() {
                let value = whole[index / outputs * step + index % outputs]
                #expect(abs(Double(value) - sum) <= 1e-4 + 1e-5 * abs(sum), "seed \(seed), element \(index)")
            }
            let isKept = whole.indices.allSatisfy {
                whole[$0].isNaN || ($0 % step < outputs && $0 / step < resultCount / outputs)
            }
            #expect(isKept, "seed \(seed): it wrote between or behind the pixels")
            var divided = [Float](repeating: .nan, count: count)
            for part in 0..<3 { compute(data, weights, bias, &divided, Int64(part), 3) }
            let isSame = zip(divided, whole).allSatisfy { $0.bitPattern == $1.bitPattern }
            #expect(isSame, "seed \(seed): parts differ from the whole")
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>) func pointwise(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let pick = { (range: ClosedRange<Int>) in Int(generator.integer(in: range)) }
        var problem = Problem()
        problem.images = pick(1...2)
        (problem.channels, problem.outputs) = (pick(1...40), pick(1...140))
        problem.size = (pick(1...9), pick(1...9))
        problem.strides = (pick(1...2), pick(1...2))
        problem.result = (
            (problem.size.height - 1) / problem.strides.height + 1, (problem.size.width - 1) / problem.strides.width + 1
        )
        problem.hasResidual = pick(0...1) == 1
        problem.fill(&generator)
        let pixel = problem.channels + problem.gaps.data
        let line = problem.size.width * pixel
        problem.check(seed) { data, weights, bias, result, part, parts in
            problem.residual.withUnsafeBufferPointer { residual in
                var run = AssayPointwise(
                    images: Int64(problem.images), lines: Int64(problem.result.height),
                    pixels: Int64(problem.result.width), inputs: Int64(problem.channels),
                    outputs: Int64(problem.outputs), imageStep: Int64(problem.size.height * line),
                    lineStep: Int64(problem.strides.height * line),
                    pixelStep: Int64(problem.strides.width * pixel),
                    resultStep: Int64(problem.outputs + problem.gaps.result),
                    residualStep: Int64(problem.outputs), source: data, weights: weights, bias: bias,
                    residual: problem.hasResidual ? residual.baseAddress : nil, result: result,
                    activation: problem.activation)
                assay_convolution_pointwise(&run, part, parts)
            }
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>) func depthwise(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let pick = { (range: ClosedRange<Int>) in Int(generator.integer(in: range)) }
        var problem = Problem()
        problem.isDepthwise = true
        problem.images = pick(1...2)
        problem.channels = pick(1...40)
        problem.outputs = problem.channels
        problem.window = pick(0...1) == 0 ? 3 : 5
        problem.padding = (pick(0...4), pick(0...problem.window / 2))
        problem.strides = (pick(1...3), pick(1...2))
        problem.size = (pick(problem.window...14), pick(problem.window...25))
        let after = (pick(0...4), pick(0...problem.window / 2))
        problem.result = (
            (problem.size.height + problem.padding.top + after.0 - problem.window) / problem.strides.height + 1,
            (problem.size.width + problem.padding.left + after.1 - problem.window) / problem.strides.width + 1
        )
        problem.fill(&generator)
        problem.check(seed) { data, weights, bias, result, part, parts in
            var run = AssayDepthwise(
                images: Int64(problem.images), channels: Int64(problem.channels), height: Int64(problem.size.height),
                width: Int64(problem.size.width), resultHeight: Int64(problem.result.height),
                resultWidth: Int64(problem.result.width), window: Int64(problem.window),
                strideHeight: Int64(problem.strides.height), strideWidth: Int64(problem.strides.width),
                top: Int64(problem.padding.top), left: Int64(problem.padding.left),
                sourceStep: Int64(problem.channels + problem.gaps.data),
                resultStep: Int64(problem.outputs + problem.gaps.result), source: data, weights: weights,
                bias: bias, result: result, activation: problem.activation)
            assay_convolution_depthwise(&run, part, parts)
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>) func winograd(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let pick = { (range: ClosedRange<Int>) in Int(generator.integer(in: range)) }
        var problem = Problem()
        problem.images = pick(1...2)
        (problem.channels, problem.outputs) = (pick(1...40), pick(1...70))
        problem.window = 3
        problem.padding = (pick(0...3), pick(0...3))
        problem.size = (pick(3...12), pick(3...12))
        problem.result = (
            problem.size.height + 2 * problem.padding.top - 2, problem.size.width + 2 * problem.padding.left - 2
        )
        problem.hasResidual = pick(0...1) == 1
        problem.fill(&generator)
        // The sums read weights in blocks of 16 results, the transformation row by row.
        let (taps, count) = (problem.channels * 9, problem.outputs * problem.channels * 9)
        let rows = (0..<count).map { index in
            problem.weights[(index / taps / 16 * taps + index % taps) * 16 + index / taps % 16]
        }
        let blocks = (problem.outputs + 15) / 16
        var transformed = [Float](repeating: .nan, count: 16 * blocks * 16 * problem.channels)
        assay_convolution_winograd_weights(&transformed, rows, Int64(problem.outputs), Int64(problem.channels))
        let size = assay_convolution_winograd_scratch(
            Int64(problem.images), Int64(problem.result.height), Int64(problem.result.width), Int64(problem.channels),
            Int64(problem.outputs))
        var scratch = [Float](repeating: .nan, count: Int(size))
        scratch.withUnsafeMutableBufferPointer { scratch in
            guard let memory = scratch.baseAddress else { return }
            problem.check(seed) { data, _, bias, result, part, parts in
                problem.residual.withUnsafeBufferPointer { residual in
                    transformed.withUnsafeBufferPointer { transformed in
                        guard let weights = transformed.baseAddress else { return }
                        var run = AssayWinograd(
                            images: Int64(problem.images), channels: Int64(problem.channels),
                            height: Int64(problem.size.height), width: Int64(problem.size.width),
                            outputs: Int64(problem.outputs), resultHeight: Int64(problem.result.height),
                            resultWidth: Int64(problem.result.width), top: Int64(problem.padding.top),
                            left: Int64(problem.padding.left),
                            sourceStep: Int64(problem.channels + problem.gaps.data),
                            resultStep: Int64(problem.outputs + problem.gaps.result),
                            residualStep: Int64(problem.outputs), source: data, weights: weights, bias: bias,
                            residual: problem.hasResidual ? residual.baseAddress : nil, result: result,
                            scratch: memory, activation: problem.activation)
                        assay_convolution_winograd(&run, part, parts)
                    }
                }
            }
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>) func stem(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let pick = { (range: ClosedRange<Int>) in Int(generator.integer(in: range)) }
        var problem = Problem()
        problem.isPlanar = true
        problem.images = pick(1...2)
        (problem.channels, problem.outputs) = (pick(1...4), pick(1...100))
        problem.window = pick(1...7)
        problem.padding = (pick(0...3), pick(0...3))
        problem.strides = (pick(1...4), pick(1...4))
        // Some so wide that the lines are padded a few at a time.
        problem.size = (pick(7...20), pick(7...(seed % 4 == 0 ? 600 : 30)))
        problem.result = (
            (problem.size.height + 2 * problem.padding.top - problem.window) / problem.strides.height + 1,
            (problem.size.width + 2 * problem.padding.left - problem.window) / problem.strides.width + 1
        )
        problem.fill(&generator)
        problem.check(seed) { data, weights, bias, result, part, parts in
            var run = AssayStem(
                images: Int64(problem.images), channels: Int64(problem.channels), height: Int64(problem.size.height),
                width: Int64(problem.size.width), outputs: Int64(problem.outputs),
                resultHeight: Int64(problem.result.height), resultWidth: Int64(problem.result.width),
                windowHeight: Int64(problem.window), windowWidth: Int64(problem.window),
                strideHeight: Int64(problem.strides.height), strideWidth: Int64(problem.strides.width),
                top: Int64(problem.padding.top), left: Int64(problem.padding.left),
                resultStep: Int64(problem.outputs + problem.gaps.result), source: data, weights: weights,
                bias: bias, result: result, activation: problem.activation)
            #expect(
                assay_convolution_takes_stem(
                    run.channels, run.windowHeight, run.windowWidth, run.strideWidth, run.resultWidth) != 0)
            assay_convolution_stem(&run, part, parts)
        }
    }
}

/// Pillow's two-pass convolution for reals (mode F): sums in double precision, rounded to single after each pass.
enum PillowFloatResampling {
    static func resize(
        _ image: FloatImage, width: Int, height: Int, kernel: ResampleKernel
    ) throws(ImageError) -> FloatImage {
        var samples = image.samples
        let channels = image.channels
        if width != image.width {
            let weights = try ResampleWeights(source: image.width, target: width, kernel: kernel)
            samples = convolve(
                samples, lines: image.height, lineStride: image.width * channels, step: channels, inner: channels,
                weights, targetLineStride: width * channels)
        }
        if height != image.height {
            let weights = try ResampleWeights(source: image.height, target: height, kernel: kernel)
            samples = convolve(
                samples, lines: 1, lineStride: 0, step: width * channels, inner: width * channels, weights,
                targetLineStride: 0)
        }
        return FloatImage(checkedWidth: width, height: height, colorOrder: image.colorOrder, samples: samples)
    }

    /// Convolves positions that lie `step` apart in each of `lines`; `inner` neighbours share a position.
    private static func convolve(
        _ source: [Float], lines: Int, lineStride: Int, step: Int, inner: Int, _ weights: ResampleWeights,
        targetLineStride: Int
    ) -> [Float] {
        let count = lines * weights.count * step
        return [Float](unsafeUninitializedCapacity: count) { target, initialized in
            source.withUnsafeBufferPointer { source in
                for line in 0..<lines {
                    for position in 0..<weights.count {
                        for element in 0..<inner {
                            var sum = 0.0
                            for tap in 0..<weights.lengths[position] {
                                let at = line * lineStride + (weights.starts[position] + tap) * step + element
                                sum += Double(source[at]) * weights.weights[position * weights.stride + tap]
                            }
                            target[line * targetLineStride + position * step + element] = Float(sum)
                        }
                    }
                }
            }
            initialized = count
        }
    }
}

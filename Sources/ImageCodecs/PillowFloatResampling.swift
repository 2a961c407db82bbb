/// Pillow's two-pass convolution for reals (mode F): sums in double precision, rounded to single after each pass.
enum PillowFloatResampling {
    static func resize(
        _ image: FloatImage, width: Int, height: Int, kernel: ResampleKernel
    ) throws(ImageError) -> FloatImage {
        var samples = image.samples
        let channels = image.channels
        let columnsFirst = PassOrder.columnsFirst(from: image.width, image.height, to: width, height)
        if columnsFirst { samples = try columns(samples, row: image.width * channels, image.height, height, kernel) }
        if width != image.width {
            let weights = try ResampleWeights(source: image.width, target: width, kernel: kernel)
            samples = convolve(
                samples, lines: columnsFirst ? height : image.height, lineStride: image.width * channels,
                step: channels,
                weights, targetLineStride: width * channels)
        }
        if !columnsFirst, height != image.height {
            samples = try columns(samples, row: width * channels, image.height, height, kernel)
        }
        return FloatImage(checkedWidth: width, height: height, colorOrder: image.colorOrder, samples: samples)
    }

    private static func columns(
        _ samples: [Float], row: Int, _ source: Int, _ target: Int, _ kernel: ResampleKernel
    ) throws(ImageError) -> [Float] {
        let weights = try ResampleWeights(source: source, target: target, kernel: kernel)
        return convolve(samples, lines: 1, lineStride: 0, step: row, weights, targetLineStride: 0)
    }

    /// Convolves positions that are `step` neighbouring samples each, in each of `lines`.
    private static func convolve(
        _ source: [Float], lines: Int, lineStride: Int, step: Int, _ weights: ResampleWeights,
        targetLineStride: Int
    ) -> [Float] {
        let count = lines * weights.count * step
        return [Float](unsafeUninitializedCapacity: count) { target, initialized in
            source.withUnsafeBufferPointer { source in
                for line in 0..<lines {
                    for position in 0..<weights.count {
                        for element in 0..<step {
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

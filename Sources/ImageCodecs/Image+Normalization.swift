extension Image {
    /// Reals made of the samples: (sample × scale − mean) ÷ deviation, channel by channel, in single precision.
    ///
    /// - Parameters:
    ///   - mean: one value a channel, in the picture's channel order.
    ///   - deviation: one value a channel, none 0.
    /// - Throws: `ImageError` of code `invalidSize` when the number of values is not that of the channels.
    public func normalized(scale: Float, mean: [Float], deviation: [Float]) throws(ImageError) -> FloatImage {
        try FloatImage(self).normalized(scale: scale, mean: mean, deviation: deviation)
    }
}

extension FloatImage {
    /// (sample × scale − mean) ÷ deviation, channel by channel, in single precision.
    ///
    /// - Throws: `ImageError` of code `invalidSize` when the number of values is not that of the channels.
    public func normalized(scale: Float, mean: [Float], deviation: [Float]) throws(ImageError) -> FloatImage {
        guard mean.count == channels, deviation.count == channels, !deviation.contains(0) else {
            throw ImageError(
                .invalidSize, subject: "normalisation of a \(colorOrder.rawValue) picture",
                reason: "\(mean.count) means and \(deviation.count) deviations for \(channels) channels, none 0",
                remedy: "state one mean and one non-zero deviation a channel")
        }
        var result = samples
        result.withUnsafeMutableBufferPointer { target in
            for channel in 0..<channels {
                let (mean, deviation) = (mean[channel], deviation[channel])
                for at in stride(from: channel, to: target.count, by: channels) {
                    target[at] = (target[at] * scale - mean) / deviation
                }
            }
        }
        return FloatImage(checkedWidth: width, height: height, colorOrder: colorOrder, samples: result)
    }
}

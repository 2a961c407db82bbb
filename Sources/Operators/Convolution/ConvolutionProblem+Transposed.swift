extension ConvolutionProblem {
    /// The transpose of the convolution: each element of `input` `[N, C, result extents…]` adds its window of weights
    /// `[C, M/group, window…]` to the output `[N, M, data extents…]`; here C are the result channels, M the data channels.
    func convolveTransposed<Scalar: BinaryFloatingPoint>(
        _ input: [Scalar], weights: [Scalar], bias: [Scalar]?
    ) -> [Scalar] {
        var output = [Scalar](repeating: 0, count: batch * dataChannels * dataCount)
        if let bias { fillData(&output, bias) }
        guard !output.isEmpty, resultCount > 0, groupResultChannels > 0 else { return output }
        let taps = WindowTaps(window: window, input: dataExtents, output: resultExtents)
        let rows = groupDataChannels * tapCount
        for group in 0..<groups {
            let matrix = DenseProduct.transposed(
                weights, at: group * groupResultChannels * rows, rows: groupResultChannels, columns: rows)
            for image in 0..<batch {
                let source = (image * resultChannels + group * groupResultChannels) * resultCount
                for channel in 0..<groupDataChannels {
                    // One output channel at a time: its unrolled form is small and is folded while it is in the cache.
                    var unrolled = [Scalar](repeating: 0, count: tapCount * resultCount)
                    DenseProduct.accumulate(
                        matrix, at: channel * tapCount * groupResultChannels, input, at: source, into: &unrolled,
                        rows: tapCount, depth: groupResultChannels, columns: resultCount)
                    fold(
                        unrolled, taps, into: &output,
                        at: (image * dataChannels + group * groupDataChannels + channel) * dataCount)
                }
            }
        }
        return output
    }

    private func fillData<Scalar>(_ output: inout [Scalar], _ bias: [Scalar]) {
        for image in 0..<batch {
            for channel in 0..<dataChannels {
                let start = (image * dataChannels + channel) * dataCount
                let value = bias[channel]
                for index in start..<start + dataCount { output[index] = value }
            }
        }
    }

    /// Adds each row of the unrolled form to where its tap touches the data.
    private func fold<Scalar: BinaryFloatingPoint>(
        _ unrolled: [Scalar], _ taps: WindowTaps, into output: inout [Scalar], at offset: Int
    ) {
        let source = unrolled.span
        var target = output.mutableSpan
        let step = taps.columnStride
        for tap in taps.taps {
            for row in tap.rows {
                let start = tap.index * resultCount + row.output + tap.columns.lowerBound
                let place = offset + row.input + tap.firstColumn
                let part = source.extracting(start..<start + tap.columns.count)
                for column in 0..<part.count { target[place + column * step] += part[column] }
            }
        }
    }
}

extension ConvolutionProblem {
    /// Outputs unrolled at a time: the unrolled data of one block stays in the cache for the product that follows.
    private static let blockTarget = 2048
    /// With so few result channels in a group, unrolling the data costs more than the product saves.
    private static let directChannels = 3

    /// The convolution of `data` `[N, C, spatial…]` with `weights` `[M, C/group, window…]`, plus a bias per channel:
    /// unrolled data times weights (Chellapilla et al., 2006), or tap by tap where a group has few result channels.
    func convolve<Scalar: BinaryFloatingPoint>(_ data: [Scalar], weights: [Scalar], bias: [Scalar]?) -> [Scalar] {
        var result = [Scalar](repeating: 0, count: batch * resultChannels * resultCount)
        if let bias { fill(&result, bias) }
        guard !result.isEmpty, groupDataChannels > 0, tapCount > 0 else { return result }
        if isPointwise && groupResultChannels > Self.directChannels {
            convolvePointwise(data, weights, into: &result)
        } else {
            let taps = WindowTaps(window: window, input: dataExtents, output: resultExtents)
            if groupResultChannels <= Self.directChannels {
                convolveDirectly(data, weights, taps, into: &result)
            } else {
                convolveUnrolled(data, weights, taps, into: &result)
            }
        }
        return result
    }

    private func fill<Scalar>(_ result: inout [Scalar], _ bias: [Scalar]) {
        for image in 0..<batch {
            for channel in 0..<resultChannels {
                let start = (image * resultChannels + channel) * resultCount
                let value = bias[channel]
                for index in start..<start + resultCount { result[index] = value }
            }
        }
    }

    private func convolvePointwise<Scalar: BinaryFloatingPoint>(
        _ data: [Scalar], _ weights: [Scalar], into result: inout [Scalar]
    ) {
        for image in 0..<batch {
            for group in 0..<groups {
                DenseProduct.accumulate(
                    weights, at: group * groupResultChannels * groupDataChannels,
                    data, at: (image * dataChannels + group * groupDataChannels) * dataCount,
                    into: &result, at: (image * resultChannels + group * groupResultChannels) * resultCount,
                    rows: groupResultChannels, depth: groupDataChannels, columns: resultCount)
            }
        }
    }

    /// Adds one tap of one channel at a time, along whole rows.
    private func convolveDirectly<Scalar: BinaryFloatingPoint>(
        _ data: [Scalar], _ weights: [Scalar], _ taps: WindowTaps, into result: inout [Scalar]
    ) {
        for image in 0..<batch {
            for channel in 0..<resultChannels {
                let target = (image * resultChannels + channel) * resultCount
                let firstData = image * dataChannels + channel / groupResultChannels * groupDataChannels
                for index in 0..<groupDataChannels {
                    let source = (firstData + index) * dataCount
                    let kernel = (channel * groupDataChannels + index) * tapCount
                    for tap in taps.taps {
                        accumulate(
                            tap, stride: taps.columnStride, data, at: source, weights[kernel + tap.index],
                            into: &result, at: target)
                    }
                }
            }
        }
    }

    private func accumulate<Scalar: BinaryFloatingPoint>(
        _ tap: WindowTaps.Tap, stride: Int, _ data: [Scalar], at source: Int, _ weight: Scalar,
        into result: inout [Scalar], at target: Int
    ) {
        let count = tap.columns.count
        let values = data.span
        var sums = result.mutableSpan
        for row in tap.rows {
            let output = target + row.output + tap.columns.lowerBound
            let input = source + row.input + tap.firstColumn
            if stride == 1 {
                let part = values.extracting(input..<input + count)
                for column in 0..<part.count { sums[output + column] += weight * part[column] }
            } else {
                for column in 0..<count { sums[output + column] += weight * values[input + column * stride] }
            }
        }
    }

    private func convolveUnrolled<Scalar: BinaryFloatingPoint>(
        _ data: [Scalar], _ weights: [Scalar], _ taps: WindowTaps, into result: inout [Scalar]
    ) {
        let rowsPerBlock = max(1, Self.blockTarget / max(1, taps.rowLength))
        let rowCount = resultCount / max(1, taps.rowLength)
        let depth = groupDataChannels * tapCount
        for firstRow in stride(from: 0, to: rowCount, by: rowsPerBlock) {
            let start = firstRow * taps.rowLength
            let end = min(rowCount, firstRow + rowsPerBlock) * taps.rowLength
            let block = UnrolledBlock(taps, outputs: start..<end, channels: groupDataChannels)
            var matrix: [Scalar] = block.emptyMatrix()
            for image in 0..<batch {
                for group in 0..<groups {
                    block.fill(
                        &matrix, from: data, at: (image * dataChannels + group * groupDataChannels) * dataCount)
                    var product = [Scalar](repeating: 0, count: groupResultChannels * (end - start))
                    DenseProduct.accumulate(
                        weights, at: group * groupResultChannels * depth, matrix, into: &product,
                        rows: groupResultChannels, depth: depth, columns: end - start)
                    add(
                        product, columns: start..<end, into: &result,
                        at: (image * resultChannels + group * groupResultChannels) * resultCount)
                }
            }
        }
    }

    private func add<Scalar: BinaryFloatingPoint>(
        _ product: [Scalar], columns: Range<Int>, into result: inout [Scalar], at offset: Int
    ) {
        let source = product.span
        var target = result.mutableSpan
        for channel in 0..<groupResultChannels {
            let row = source.extracting(channel * columns.count..<(channel + 1) * columns.count)
            let start = offset + channel * resultCount + columns.lowerBound
            for column in 0..<row.count { target[start + column] += row[column] }
        }
    }
}

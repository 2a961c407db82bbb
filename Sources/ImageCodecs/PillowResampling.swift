/// Pillow's two-pass convolution (`libImaging/Resample.c`): along rows and along columns, each rounded to the sample
/// type.
enum PillowResampling {
    /// Resizes bytes in the 22-bit fixed point that makes Pillow's result the same on every machine.
    static func resize(_ image: Image, width: Int, height: Int, kernel: ResampleKernel) throws(ImageError) -> Image {
        var samples = image.pixels
        let columnsFirst = PassOrder.columnsFirst(from: image.width, image.height, to: width, height)
        if columnsFirst {
            samples = try columns(samples, row: image.width * image.channels, image.height, height, kernel)
        }
        if width != image.width {
            let weights = try ResampleWeights(source: image.width, target: width, kernel: kernel)
            let lines = columnsFirst ? height : image.height
            samples = alongRows(samples, width: image.width, height: lines, channels: image.channels, weights)
        }
        if !columnsFirst, height != image.height {
            samples = try columns(samples, row: width * image.channels, image.height, height, kernel)
        }
        return Image(checkedWidth: width, height: height, colorOrder: image.colorOrder, pixels: samples)
    }

    private static func columns(
        _ samples: [UInt8], row: Int, _ source: Int, _ target: Int, _ kernel: ResampleKernel
    ) throws(ImageError) -> [UInt8] {
        alongColumns(samples, row: row, try ResampleWeights(source: source, target: target, kernel: kernel))
    }

    @inline(__always)
    private static func rounded(_ sum: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: min(max(sum >> Int32(ResampleWeights.precision), 0), 255))
    }

    private static let half: Int32 = 1 << Int32(ResampleWeights.precision - 1)

    private static func alongRows(
        _ source: [UInt8], width: Int, height: Int, channels: Int, _ weights: ResampleWeights
    ) -> [UInt8] {
        let fixed = weights.fixed
        let count = weights.count * height * channels
        return [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            source.withUnsafeBufferPointer { source in
                fixed.withUnsafeBufferPointer { fixed in
                    for y in 0..<height {
                        let from = UnsafeBufferPointer(
                            rebasing: source[(y * width * channels)..<((y + 1) * width * channels)])
                        let to = UnsafeMutableBufferPointer(
                            rebasing: target[(y * weights.count * channels)..<((y + 1) * weights.count * channels)])
                        if channels == 3 {
                            rowOfThree(from, to, fixed, weights)
                        } else {
                            rowOfOne(from, to, fixed, weights)
                        }
                    }
                }
            }
            initialized = count
        }
    }

    private static func rowOfThree(
        _ source: UnsafeBufferPointer<UInt8>, _ target: UnsafeMutableBufferPointer<UInt8>,
        _ fixed: UnsafeBufferPointer<Int32>, _ weights: ResampleWeights
    ) {
        for x in 0..<weights.count {
            var (first, second, third) = (half, half, half)
            var at = weights.starts[x] * 3
            let base = x * weights.stride
            for tap in base..<(base + weights.lengths[x]) {
                let weight = fixed[tap]
                first &+= Int32(source[at]) &* weight
                second &+= Int32(source[at + 1]) &* weight
                third &+= Int32(source[at + 2]) &* weight
                at += 3
            }
            target[3 * x] = rounded(first)
            target[3 * x + 1] = rounded(second)
            target[3 * x + 2] = rounded(third)
        }
    }

    private static func rowOfOne(
        _ source: UnsafeBufferPointer<UInt8>, _ target: UnsafeMutableBufferPointer<UInt8>,
        _ fixed: UnsafeBufferPointer<Int32>, _ weights: ResampleWeights
    ) {
        for x in 0..<weights.count {
            var sum = half
            let start = weights.starts[x]
            let base = x * weights.stride
            for tap in 0..<weights.lengths[x] { sum &+= Int32(source[start + tap]) &* fixed[base + tap] }
            target[x] = rounded(sum)
        }
    }

    /// Adds whole weighted rows, which a compiler can turn into vector code.
    private static func alongColumns(_ source: [UInt8], row: Int, _ weights: ResampleWeights) -> [UInt8] {
        let fixed = weights.fixed
        let count = weights.count * row
        var sums = [Int32](repeating: 0, count: row)
        return [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            source.withUnsafeBufferPointer { source in
                sums.withUnsafeMutableBufferPointer { sums in
                    for y in 0..<weights.count {
                        sums.update(repeating: half)
                        for tap in 0..<weights.lengths[y] {
                            let weight = fixed[y * weights.stride + tap]
                            let from = (weights.starts[y] + tap) * row
                            for x in 0..<row { sums[x] &+= Int32(source[from + x]) &* weight }
                        }
                        for x in 0..<row { target[y * row + x] = rounded(sums[x]) }
                    }
                }
            }
            initialized = count
        }
    }
}

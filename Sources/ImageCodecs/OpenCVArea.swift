import Foundation

/// OpenCV's `INTER_AREA` for shrinking.
enum OpenCVArea {
    /// Both axes shrink by whole numbers: the rounded mean of each block.
    static func wholeBlocks(_ image: Image, width: Int, height: Int) -> Image {
        let (across, down, channels) = (image.width / width, image.height / height, image.channels)
        let isHalving = across == 2 && down == 2
        let share = 1 / Float(across * down)
        var samples = [UInt8](repeating: 0, count: width * height * channels)
        samples.withUnsafeMutableBufferPointer { target in
            image.pixels.withUnsafeBufferPointer { source in
                for y in 0..<height {
                    for x in 0..<(width * channels) {
                        let (pixel, channel) = (x / channels, x % channels)
                        var sum = 0
                        for line in 0..<down {
                            let from = ((y * down + line) * image.width + pixel * across) * channels + channel
                            for step in 0..<across { sum += Int(source[from + step * channels]) }
                        }
                        // The halving rounds halves up; the general case rounds them to even.
                        target[y * width * channels + x] =
                            isHalving ? UInt8((sum + 2) >> 2) : rounded(Float(sum) * share)
                    }
                }
            }
        }
        return Image(checkedWidth: width, height: height, colorOrder: image.colorOrder, pixels: samples)
    }

    /// Any other shrinking: each pixel counts with the part of it that is covered, in single precision.
    static func fractions(_ image: Image, width: Int, height: Int) -> Image {
        let columns = shares(source: image.width, target: width)
        let rows = shares(source: image.height, target: height)
        let (channels, row) = (image.channels, width * image.channels)
        var samples = [UInt8](repeating: 0, count: row * height)
        var line = [Float](repeating: 0, count: row)
        var sums = [Float](repeating: 0, count: row)
        samples.withUnsafeMutableBufferPointer { target in
            image.pixels.withUnsafeBufferPointer { source in
                for y in 0..<height {
                    for index in 0..<row { sums[index] = 0 }
                    for share in rows[y] {
                        for index in 0..<row { line[index] = 0 }
                        let from = share.position * image.width * channels
                        for x in 0..<width {
                            for part in columns[x] {
                                for channel in 0..<channels {
                                    line[x * channels + channel] +=
                                        Float(source[from + part.position * channels + channel]) * part.weight
                                }
                            }
                        }
                        for index in 0..<row { sums[index] += share.weight * line[index] }
                    }
                    for index in 0..<row { target[y * row + index] = rounded(sums[index]) }
                }
            }
        }
        return Image(checkedWidth: width, height: height, colorOrder: image.colorOrder, pixels: samples)
    }

    private static func rounded(_ value: Float) -> UInt8 {
        UInt8(min(max(value.rounded(.toNearestOrEven), 0), 255))
    }

    /// One source position and how much of an output position it covers.
    private struct Share {
        let position: Int
        let weight: Float
    }

    private static func shares(source: Int, target: Int) -> [[Share]] {
        let scale = 1 / (Double(target) / Double(source))
        return (0..<target).map { index in
            let start = Double(index) * scale
            let end = start + scale
            let width = min(scale, Double(source) - start)
            var first = Int(ceil(start))
            var last = Int(floor(end))
            last = min(last, source - 1)
            first = min(first, last)
            var shares: [Share] = []
            // Slivers below a thousandth of a pixel are ignored.
            if Double(first) - start > 1e-3 {
                shares.append(Share(position: first - 1, weight: Float((Double(first) - start) / width)))
            }
            for position in first..<last { shares.append(Share(position: position, weight: Float(1 / width))) }
            if end - Double(last) > 1e-3 {
                shares.append(Share(position: last, weight: Float(min(min(end - Double(last), 1), width) / width)))
            }
            return shares
        }
    }
}

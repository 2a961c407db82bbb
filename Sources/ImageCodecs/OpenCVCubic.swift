/// `INTER_CUBIC`: cubic convolution with a = −0.75 over four neighbours, in single precision.
enum OpenCVCubic {
    static func resize(_ image: Image, width: Int, height: Int) -> Image {
        let channels = image.channels
        let columns = taps(source: image.width, target: width)
        let rows = taps(source: image.height, target: height)
        let row = width * channels
        var lines = [Float](repeating: 0, count: row * image.height)
        var samples = [UInt8](repeating: 0, count: row * height)
        lines.withUnsafeMutableBufferPointer { lines in
            image.pixels.withUnsafeBufferPointer { source in
                for y in 0..<image.height {
                    let line = y * image.width * channels
                    for x in 0..<width {
                        let tap = columns[x]
                        for channel in 0..<channels {
                            lines[y * row + x * channels + channel] = tap.blend {
                                Float(source[line + $0 * channels + channel])
                            }
                        }
                    }
                }
            }
            samples.withUnsafeMutableBufferPointer { target in
                for y in 0..<height {
                    let tap = rows[y]
                    for x in 0..<row {
                        let value = tap.blend { lines[$0 * row + x] }.rounded(.toNearestOrEven)
                        target[y * row + x] = UInt8(min(max(value, 0), 255))
                    }
                }
            }
        }
        return Image(checkedWidth: width, height: height, colorOrder: image.colorOrder, pixels: samples)
    }

    /// Four neighbours and their weights.
    private struct Tap {
        let positions: (Int, Int, Int, Int)
        let weights: (Float, Float, Float, Float)

        @inline(__always)
        func blend(_ sample: (Int) -> Float) -> Float {
            ((sample(positions.0) * weights.0 + sample(positions.1) * weights.1) + sample(positions.2) * weights.2)
                + sample(positions.3) * weights.3
        }
    }

    private static func taps(source: Int, target: Int) -> [Tap] {
        let step = 1 / (Double(target) / Double(source))
        let last = source - 1
        return (0..<target).map { index in
            let center = Float((Double(index) + 0.5) * step - 0.5)
            let first = Int(center.rounded(.down))
            func clamped(_ position: Int) -> Int { min(max(position, 0), last) }
            return Tap(
                positions: (clamped(first - 1), clamped(first), clamped(first + 1), clamped(first + 2)),
                weights: weights(center - center.rounded(.down)))
        }
    }

    private static func weights(_ x: Float) -> (Float, Float, Float, Float) {
        let a: Float = -0.75
        let first = ((a * (x + 1) - 5 * a) * (x + 1) + 8 * a) * (x + 1) - 4 * a
        let second = ((a + 2) * x - (a + 3)) * x * x + 1
        let third = ((a + 2) * (1 - x) - (a + 3)) * (1 - x) * (1 - x) + 1
        return (first, second, third, 1 - first - second - third)
    }
}

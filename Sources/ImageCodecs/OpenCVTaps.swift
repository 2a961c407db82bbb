/// For every output position of one axis: the source positions it reads, and weights in OpenCV's 11-bit fixed point.
struct OpenCVTaps {
    /// Bits after the binary point of a weight.
    static let precision = 11
    static let scale: Float = 2048

    /// Taps of each output position: 2 (linear) or 4 (cubic).
    let taps: Int
    /// Source positions, clamped to the axis, `taps` for each output position.
    private(set) var positions: [Int] = []
    private(set) var weights: [Int32] = []

    /// `INTER_LINEAR`: pixel centres are aligned.
    init(linearFrom source: Int, to target: Int) {
        taps = 2
        let step = 1 / (Double(target) / Double(source))
        for index in 0..<target {
            let center = Float((Double(index) + 0.5) * step - 0.5)
            append(first: Int(center.rounded(.down)), fraction: center - center.rounded(.down), source: source)
        }
    }

    /// What `INTER_AREA` does when an axis grows: linear between the edges of pixels.
    init(areaFrom source: Int, to target: Int) {
        taps = 2
        let inverse = Double(target) / Double(source)
        let step = 1 / inverse
        for index in 0..<target {
            let first = Int((Double(index) * step).rounded(.down))
            let offset = Float(Double(index + 1) - Double(first + 1) * inverse)
            append(first: first, fraction: offset <= 0 ? 0 : offset - offset.rounded(.down), source: source)
        }
    }

    /// `INTER_CUBIC`: cubic convolution with a = −0.75.
    init(cubicFrom source: Int, to target: Int) {
        taps = 4
        let step = 1 / (Double(target) / Double(source))
        for index in 0..<target {
            let center = Float((Double(index) + 0.5) * step - 0.5)
            let first = Int(center.rounded(.down))
            let weights = Self.cubic(center - center.rounded(.down))
            for tap in 0..<4 {
                positions.append(min(max(first - 1 + tap, 0), source - 1))
                self.weights.append(Self.fixed(weights[tap]))
            }
        }
    }

    private mutating func append(first: Int, fraction: Float, source: Int) {
        var (first, fraction) = (first, fraction)
        if first < 0 { (first, fraction) = (0, 0) }
        if first >= source - 1 { (first, fraction) = (source - 1, 0) }
        positions.append(first)
        positions.append(min(first + 1, source - 1))
        weights.append(Self.fixed(1 - fraction))
        weights.append(Self.fixed(fraction))
    }

    private static func fixed(_ weight: Float) -> Int32 {
        Int32((weight * scale).rounded(.toNearestOrEven))
    }

    private static func cubic(_ x: Float) -> [Float] {
        let a: Float = -0.75
        let first = ((a * (x + 1) - 5 * a) * (x + 1) + 8 * a) * (x + 1) - 4 * a
        let second = ((a + 2) * x - (a + 3)) * x * x + 1
        let third = ((a + 2) * (1 - x) - (a + 3)) * (1 - x) * (1 - x) + 1
        return [first, second, third, 1 - first - second - third]
    }
}

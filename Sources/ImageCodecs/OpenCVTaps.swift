/// For every output position of one axis: the source positions it reads, and weights in OpenCV's 11-bit fixed point.
struct OpenCVTaps {
    /// Bits after the binary point of a weight.
    static let precision = 11
    static let scale: Float = 2048

    /// Source positions, clamped to the axis, two for each output position.
    private(set) var positions: [Int] = []
    private(set) var weights: [Int32] = []

    /// `INTER_LINEAR`: pixel centres are aligned.
    ///
    /// - Parameter clampsWeights: OpenCV gives all weight to the pixel of the border along rows, and splits it between
    ///   two readings of that pixel along columns, which rounds differently.
    init(linearFrom source: Int, to target: Int, clampsWeights: Bool) {
        let step = 1 / (Double(target) / Double(source))
        for index in 0..<target {
            let center = Float((Double(index) + 0.5) * step - 0.5)
            append(
                first: Int(center.rounded(.down)), fraction: center - center.rounded(.down), source: source,
                clampsWeights: clampsWeights)
        }
    }

    /// What `INTER_AREA` does when an axis grows: linear between the edges of pixels.
    init(areaFrom source: Int, to target: Int, clampsWeights: Bool) {
        let inverse = Double(target) / Double(source)
        let step = 1 / inverse
        for index in 0..<target {
            let first = Int((Double(index) * step).rounded(.down))
            let offset = Float(Double(index + 1) - Double(first + 1) * inverse)
            append(
                first: first, fraction: offset <= 0 ? 0 : offset - offset.rounded(.down), source: source,
                clampsWeights: clampsWeights)
        }
    }

    private mutating func append(first: Int, fraction: Float, source: Int, clampsWeights: Bool) {
        let isInside = first >= 0 && first < source - 1
        let fraction = isInside || !clampsWeights ? fraction : 0
        positions.append(min(max(first, 0), source - 1))
        positions.append(min(max(first + 1, 0), source - 1))
        weights.append(Self.fixed(1 - fraction))
        weights.append(Self.fixed(fraction))
    }

    private static func fixed(_ weight: Float) -> Int32 {
        Int32((weight * scale).rounded(.toNearestOrEven))
    }
}

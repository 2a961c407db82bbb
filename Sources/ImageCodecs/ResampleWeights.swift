import Foundation

/// For every output position of one axis: the first source position, how many follow, and their weights.
struct ResampleWeights {
    /// Bits after the binary point of `fixed`: 8 for the sample and 2 for overshoot of 32 are taken.
    static let precision = 22

    /// The number of output positions.
    let count: Int
    /// Weights stored for each output position; unused ones are 0.
    let stride: Int
    private(set) var starts: [Int] = []
    private(set) var lengths: [Int] = []
    private(set) var weights: [Double] = []

    /// Weights of a kernel that maps `source` positions to `target`, widened when the axis shrinks.
    ///
    /// - Throws: `ImageError` of code `invalidSize` when the table would not fit in memory.
    init(source: Int, target: Int, kernel: ResampleKernel) throws(ImageError) {
        let scale = Double(source) / Double(target)
        let stretch = max(scale, 1)
        let support = kernel.support * stretch
        count = target
        stride = Int(ceil(support)) * 2 + 1
        let (size, overflow) = target.multipliedReportingOverflow(by: stride)
        guard !overflow, size <= Int(Int32.max) else {
            throw ImageError(
                .invalidSize, subject: "resizing of \(source) to \(target) pixels",
                reason: "its weights do not fit memory")
        }
        weights = [Double](repeating: 0, count: size)
        for position in 0..<target {
            let center = (Double(position) + 0.5) * scale
            let first = max(Int(center - support + 0.5), 0)
            let length = min(Int(center + support + 0.5), source) - first
            let base = position * stride
            var sum = 0.0
            for offset in 0..<length {
                let weight = kernel((Double(offset + first) - center + 0.5) * (1 / stretch))
                weights[base + offset] = weight
                sum += weight
            }
            if sum != 0 { for offset in 0..<length { weights[base + offset] /= sum } }
            starts.append(first)
            lengths.append(length)
        }
    }

    /// The weights in fixed point, halves rounded away from zero.
    var fixed: [Int32] {
        weights.map { Int32($0 * Double(1 << Self.precision) + ($0 < 0 ? -0.5 : 0.5)) }
    }
}

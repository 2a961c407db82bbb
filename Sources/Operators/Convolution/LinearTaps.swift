import Tensors

/// The elements around a place, and how much each counts in linear interpolation; elements outside count as zero.
struct LinearTaps {
    /// Row-major places and weights.
    let taps: [(source: Int, weight: Double)]

    init(_ place: [Double], extents: [Int]) {
        let strides = Shape(extents).strides
        var taps = [(source: 0, weight: 1.0)]
        for (axis, coordinate) in place.enumerated() {
            guard coordinate > -1, coordinate < Double(extents[axis]) else {
                self.taps = []
                return
            }
            let low = coordinate.rounded(.down)
            let corners = [(Int(low), 1 - (coordinate - low)), (Int(low) + 1, coordinate - low)]
                .filter { $0.0 >= 0 && $0.0 < extents[axis] && $0.1 > 0 }
            taps = taps.flatMap { tap in
                corners.map { (tap.source + $0.0 * strides[axis], tap.weight * $0.1) }
            }
        }
        self.taps = taps
    }
}

import Graphs
import Tensors

/// Which axes a reduction runs over, and how the elements lie along them.
struct AxisReduction {
    /// The shape with every reduced extent 1.
    let keptShape: Shape
    /// The shape of the result.
    let resultShape: Shape
    /// Where each result's first element stands.
    let starts: [Int]
    /// Where the elements of one result stand, from its first.
    let offsets: [Int]

    /// Plans a reduction over axes given in any order.
    init(_ shape: Shape, axes: [Int], keepsDimensions: Bool) {
        let reduced = Set(axes)
        keptShape = Shape(shape.indices.map { reduced.contains($0) ? 1 : shape[$0] })
        resultShape =
            keepsDimensions ? keptShape : Shape(shape.indices.filter { !reduced.contains($0) }.map { shape[$0] })
        let strides = shape.strides
        starts = AxisReduction.positions(
            shape.indices.filter { !reduced.contains($0) }.map { (shape[$0], strides[$0]) })
        offsets = AxisReduction.positions(shape.indices.filter(reduced.contains).map { (shape[$0], strides[$0]) })
    }

    /// The row-major positions of all index combinations of some axes.
    private static func positions(_ axes: [(extent: Int, stride: Int)]) -> [Int] {
        var positions = [0]
        for axis in axes {
            var next: [Int] = []
            next.reserveCapacity(positions.count * axis.extent)
            for position in positions {
                for index in 0..<axis.extent { next.append(position + index * axis.stride) }
            }
            positions = next
        }
        return positions
    }

    /// True where the elements of each result lie side by side.
    var isContiguous: Bool { offsets.isEmpty || offsets[offsets.count - 1] == offsets.count - 1 }

    /// Folds the elements of each result, in row-major order.
    @inline(__always)
    func fold<T, State: BitwiseCopyable, R: BitwiseCopyable>(
        _ values: [T], initial: State, filling: R, _ step: (State, T) -> State, _ finish: (State) -> R
    ) -> [R] {
        var results = [R](repeating: filling, count: starts.count)
        let source = values.span
        var target = results.mutableSpan
        if isContiguous {
            for index in 0..<starts.count {
                var state = initial
                let start = starts[index]
                for position in start..<start + offsets.count { state = step(state, source[position]) }
                target[index] = finish(state)
            }
        } else {
            for index in 0..<starts.count {
                var state = initial
                let start = starts[index]
                for offset in offsets { state = step(state, source[start &+ offset]) }
                target[index] = finish(state)
            }
        }
        return results
    }
}

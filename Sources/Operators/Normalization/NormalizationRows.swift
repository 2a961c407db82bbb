import Tensors

/// Elements normalised together: each row of a reduction has statistics of its own.
struct NormalizationRows {
    /// Which elements belong together.
    let reduction: AxisReduction

    /// Rows over the given axes of a shape.
    init(_ shape: Shape, axes: [Int]) { reduction = AxisReduction(shape, axes: axes, keepsDimensions: true) }

    /// The mean and the mean square deviation of each row, summed in double precision.
    func moments<T: Real>(_ values: [T]) -> (means: [T], variances: [T]) {
        let count = Double(reduction.offsets.count)
        let source = values.span
        let offsets = reduction.offsets
        var means: [T] = []
        var variances: [T] = []
        for start in reduction.starts {
            var sum = 0.0
            for offset in offsets { sum += Double(source[start + offset]) }
            let mean = sum / count
            var squares = 0.0
            for offset in offsets {
                let deviation = Double(source[start + offset]) - mean
                squares += deviation * deviation
            }
            means.append(T(mean))
            variances.append(T(squares / count))
        }
        return (means, variances)
    }

    /// The mean of the squares of each row, summed in double precision.
    func meanSquares<T: Real>(_ values: [T]) -> [T] {
        let source = values.span
        return reduction.starts.map { start in
            var squares = 0.0
            for offset in reduction.offsets {
                let value = Double(source[start + offset])
                squares += value * value
            }
            return T(squares / Double(reduction.offsets.count))
        }
    }

    /// `(value − shift) · factor` with a shift and a factor a row.
    func scaled<T: Real>(_ values: [T], minus shifts: [T], times factors: [T]) -> [T] {
        var result = values
        var target = result.mutableSpan
        for (row, start) in reduction.starts.enumerated() {
            let (shift, factor) = (shifts[row], factors[row])
            for offset in reduction.offsets { target[start + offset] = (target[start + offset] - shift) * factor }
        }
        return result
    }

    /// Each element of a row changed by a function of the element and its row.
    @inline(__always)
    func map<T: Real>(_ values: [T], _ function: (T, _ row: Int) -> T) -> [T] {
        var result = values
        var target = result.mutableSpan
        for (row, start) in reduction.starts.enumerated() {
            for offset in reduction.offsets { target[start + offset] = function(target[start + offset], row) }
        }
        return result
    }

    /// Folds each row.
    @inline(__always)
    func fold<T: Real>(_ values: [T], initial: T, _ step: (T, T) -> T) -> [T] {
        let source = values.span
        return reduction.starts.map { start in
            var state = initial
            for offset in reduction.offsets { state = step(state, source[start + offset]) }
            return state
        }
    }
}

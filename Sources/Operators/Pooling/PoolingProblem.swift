import Tensors

/// The extents of one pooling: every channel of every image is a plane of its own.
struct PoolingProblem: Sendable {
    /// Images.
    let images: Int
    /// Channels of one image.
    let channels: Int
    /// The spatial extents of the data.
    let dataExtents: [Int]
    /// The spatial extents of the result.
    let resultExtents: [Int]
    /// The window with its padding.
    let window: Kernel.Window

    /// Images times channels; 0 where planes have no results, however many there are.
    var planes: Int { resultExtents.contains(0) ? 0 : [images, channels].extentProduct }
    /// Whether the data have no element; their extents may be of any size then.
    var isEmpty: Bool { images == 0 || channels == 0 || dataExtents.contains(0) }
    /// The shape of the result.
    var resultShape: Shape { Shape([images, channels] + resultExtents) }
    /// Positions of one plane of data.
    var dataCount: Int { dataExtents.extentProduct }
    /// Positions of one plane of the result.
    var resultCount: Int { resultExtents.extentProduct }

    private var taps: WindowTaps { WindowTaps(window: window, input: dataExtents, output: resultExtents) }

    /// The largest element under each window, and its place within the plane, row-major; the first of equals.
    ///
    /// A window wholly in the padding gives `lowest` and place 0.
    func maxima<Scalar: Comparable>(_ data: [Scalar], lowest: Scalar) -> (values: [Scalar], places: [Int]) {
        var values = [Scalar](repeating: lowest, count: planes * resultCount)
        var places = [Int](repeating: -1, count: values.count)
        guard !values.isEmpty else { return (values, places) }
        let taps = taps
        for plane in 0..<planes {
            for tap in taps.taps {
                keepLarger(
                    data, at: plane * dataCount, tap, stride: taps.columnStride, &values, &places,
                    at: plane * resultCount)
            }
        }
        return (values, places.map { max(0, $0) })
    }

    private func keepLarger<Scalar: Comparable>(
        _ data: [Scalar], at source: Int, _ tap: WindowTaps.Tap, stride: Int, _ values: inout [Scalar],
        _ places: inout [Int], at target: Int
    ) {
        let elements = data.span
        var best = values.mutableSpan
        var found = places.mutableSpan
        for row in tap.rows {
            let output = target + row.output + tap.columns.lowerBound
            let input = row.input + tap.firstColumn
            for column in 0..<tap.columns.count {
                let place = input + column * stride
                let value = elements[source + place]
                if value > best[output + column] || found[output + column] < 0 {
                    best[output + column] = value
                    found[output + column] = place
                }
            }
        }
    }

    /// The largest element under each window, for callers that do not ask where it is.
    func maximumValues<Scalar: Comparable>(_ data: [Scalar], lowest: Scalar) -> [Scalar] {
        var values = [Scalar](repeating: lowest, count: planes * resultCount)
        combine(data, into: &values) { $0 > $1 ? $0 : $1 }
        return values
    }

    /// The sum of `term` over the elements under each window; padding adds nothing.
    func sums<Scalar: BinaryFloatingPoint>(_ data: [Scalar], of term: (Scalar) -> Scalar = { $0 }) -> [Scalar] {
        var values = [Scalar](repeating: 0, count: planes * resultCount)
        combine(data, into: &values) { $0 + term($1) }
        return values
    }

    /// Folds the elements under each window into its result, tap by tap along rows.
    @inline(__always)
    private func combine<Scalar>(
        _ data: [Scalar], into values: inout [Scalar], _ step: (Scalar, Scalar) -> Scalar
    ) {
        guard !values.isEmpty else { return }
        let taps = taps
        let elements = data.span
        var results = values.mutableSpan
        for plane in 0..<planes {
            for tap in taps.taps {
                for row in tap.rows {
                    let output = plane * resultCount + row.output + tap.columns.lowerBound
                    let input = plane * dataCount + row.input + tap.firstColumn
                    for column in 0..<tap.columns.count {
                        results[output + column] = step(
                            results[output + column], elements[input + column * taps.columnStride])
                    }
                }
            }
        }
    }

    /// How many elements each window of a plane holds: those inside the data, with padding where it counts; none where there
    /// is no plane.
    func windowCounts(countsPadding: Bool) -> [Int] {
        guard planes > 0 else { return [] }
        let rank = window.size.count
        let axes = (0..<rank).map { axis in
            (0..<resultExtents[axis]).map { position in
                let begin = window.padding[axis]
                let end = window.padding[rank + axis]
                let first = position * window.strides[axis] - begin
                let inside = countsPadding ? -begin..<dataExtents[axis] + end : 0..<dataExtents[axis]
                return (0..<window.size[axis]).reduce(0) {
                    $0 + (inside.contains(first + $1 * window.dilations[axis]) ? 1 : 0)
                }
            }
        }
        return axes.reduce([1]) { counts, axis in counts.flatMap { count in axis.map { count * $0 } } }
    }

    /// The mean of the elements under each window.
    func means<Scalar: BinaryFloatingPoint>(_ data: [Scalar], countsPadding: Bool) -> [Scalar] {
        var values = sums(data)
        let counts = windowCounts(countsPadding: countsPadding).map { Scalar($0) }
        for plane in 0..<planes {
            for index in 0..<resultCount { values[plane * resultCount + index] /= counts[index] }
        }
        return values
    }
}

/// Which elements of the data each position of a sliding window touches, as runs along the last axis.
///
/// The one place that knows strides, dilations and borders: convolutions, their transposes and poolings walk these runs.
struct WindowTaps: Sendable {
    /// One position within the window, with every place where it falls inside the data.
    struct Tap: Sendable {
        /// The position within the window, row-major.
        let index: Int
        /// For each row of outputs that this tap serves: where the row starts, and where its row of data starts.
        let rows: [Row]
        /// The columns of outputs for which the tap lies inside the data.
        let columns: Range<Int>
        /// The column of data under the first of those.
        let firstColumn: Int
    }

    /// A row of outputs and the row of data under it, as offsets within one channel.
    struct Row: Sendable {
        /// Where the row of outputs starts.
        let output: Int
        /// Where the row of data starts.
        let input: Int
    }

    /// Every position within the window, row-major.
    let taps: [Tap]
    /// The step along a row of data for one step along a row of outputs.
    let columnStride: Int
    /// Elements of data in one channel.
    let inputCount: Int
    /// Outputs in one channel.
    let outputCount: Int
    /// Outputs in one row.
    let rowLength: Int

    /// Lists the runs of a window with at least one spatial axis.
    init(window: Kernel.Window, input: [Int], output: [Int]) {
        let last = window.size.count - 1
        let outerInput = WindowTaps.strides(input)
        let outerOutput = WindowTaps.strides(output)
        columnStride = window.strides[last]
        inputCount = input.extentProduct
        outputCount = output.extentProduct
        rowLength = output[last]
        var taps = [Tap]()
        for (outerIndex, position) in Odometer(window.size.dropLast()).enumerated() {
            var rows = [Row(output: 0, input: 0)]
            for axis in 0..<last {
                let offset = position[axis] * window.dilations[axis] - window.padding[axis]
                let places = WindowTaps.inside(
                    output: output[axis], input: input[axis], stride: window.strides[axis], offset: offset)
                rows = rows.flatMap { row in
                    places.map { place in
                        Row(
                            output: row.output + place * outerOutput[axis],
                            input: row.input + (place * window.strides[axis] + offset) * outerInput[axis])
                    }
                }
            }
            for column in 0..<window.size[last] {
                let offset = column * window.dilations[last] - window.padding[last]
                let columns = WindowTaps.inside(
                    output: output[last], input: input[last], stride: columnStride, offset: offset)
                taps.append(
                    Tap(
                        index: outerIndex * window.size[last] + column, rows: columns.isEmpty ? [] : rows,
                        columns: columns, firstColumn: columns.lowerBound * columnStride + offset))
            }
        }
        self.taps = taps
    }

    /// The outputs `o` of an axis with `0 ≤ o · stride + offset < input`.
    private static func inside(output: Int, input: Int, stride: Int, offset: Int) -> Range<Int> {
        let first = offset >= 0 ? 0 : (-offset + stride - 1) / stride
        let end = input - offset <= 0 ? 0 : (input - offset + stride - 1) / stride
        let upper = min(output, end)
        return first < upper ? first..<upper : 0..<0
    }

    private static func strides(_ extents: [Int]) -> [Int] {
        var strides = [Int](repeating: 1, count: extents.count)
        for axis in stride(from: extents.count - 2, through: 0, by: -1) {
            strides[axis] = strides[axis + 1] * extents[axis + 1]
        }
        return strides
    }
}

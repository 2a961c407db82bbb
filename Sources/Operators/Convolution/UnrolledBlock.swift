/// How to lay out the data under a block of windows as a matrix `[channels · taps, outputs]`; zeros stand where a window leaves the data.
struct UnrolledBlock {
    /// One run of a row of the matrix.
    private struct Run {
        let row: Int
        let column: Int
        let input: Int
        let count: Int
    }

    private let runs: [Run]
    private let channels: Int
    private let tapCount: Int
    private let columnStride: Int
    private let inputCount: Int
    private let width: Int

    /// Lists the runs for whole rows of outputs.
    init(_ taps: WindowTaps, outputs: Range<Int>, channels: Int) {
        self.channels = channels
        tapCount = taps.taps.count
        columnStride = taps.columnStride
        inputCount = taps.inputCount
        width = outputs.count
        runs = taps.taps.flatMap { tap in
            tap.rows.lazy.filter { outputs.contains($0.output) }.map {
                Run(
                    row: tap.index, column: $0.output - outputs.lowerBound + tap.columns.lowerBound,
                    input: $0.input + tap.firstColumn, count: tap.columns.count)
            }
        }
    }

    /// A matrix of zeros, which stay wherever a window leaves the data.
    func emptyMatrix<Scalar: BinaryFloatingPoint>() -> [Scalar] {
        [Scalar](repeating: 0, count: channels * tapCount * width)
    }

    /// Copies the data of the channels that start at `offset` into an `emptyMatrix` or a matrix filled before.
    func fill<Scalar: BinaryFloatingPoint>(_ matrix: inout [Scalar], from data: [Scalar], at offset: Int) {
        let source = data.span
        var target = matrix.mutableSpan
        for channel in 0..<channels {
            let base = offset + channel * inputCount
            for run in runs {
                let start = (channel * tapCount + run.row) * width + run.column
                let input = base + run.input
                if columnStride == 1 {
                    let part = source.extracting(input..<input + run.count)
                    for index in 0..<part.count { target[start + index] = part[index] }
                } else {
                    for index in 0..<run.count { target[start + index] = source[input + index * columnStride] }
                }
            }
        }
    }
}

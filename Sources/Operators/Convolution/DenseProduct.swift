/// Products of dense row-major matrices, blocked for the caches and written so that the inner loop is free of bounds
/// checks and runs on vectors: what convolution, recurrent networks and quantised products stand on.
enum DenseProduct {
    /// Columns of the right operand taken at once: four rows of them and one of the result stay in the first cache.
    private static let columnBlock = 512
    /// Rows of the right operand taken at once: a block of them stays in the second cache.
    private static let depthBlock = 128

    /// Adds `left · right` to `result`: `[rows, depth] · [depth, columns]`, each operand starting at its offset.
    ///
    /// The caller answers for the sizes: each operand holds at least its offset and its matrix.
    static func accumulate<Scalar: BinaryFloatingPoint>(
        _ left: [Scalar], at leftOffset: Int = 0, _ right: [Scalar], at rightOffset: Int = 0,
        into result: inout [Scalar], at resultOffset: Int = 0, rows: Int, depth: Int, columns: Int
    ) {
        guard rows > 0, depth > 0, columns > 0 else { return }
        let matrix = right.span
        var row = [Scalar](repeating: 0, count: min(columnBlock, columns))
        for firstColumn in stride(from: 0, to: columns, by: columnBlock) {
            let width = min(columnBlock, columns - firstColumn)
            if row.count != width { row = [Scalar](repeating: 0, count: width) }
            for firstDepth in stride(from: 0, to: depth, by: depthBlock) {
                let depthRange = firstDepth..<min(depth, firstDepth + depthBlock)
                for index in 0..<rows {
                    let target = resultOffset + index * columns + firstColumn
                    load(result, at: target, into: &row)
                    accumulateRow(
                        left, at: leftOffset + index * depth, matrix, at: rightOffset + firstColumn,
                        depth: depthRange, columns: columns, into: &row)
                    store(row, into: &result, at: target)
                }
            }
        }
    }

    /// The transpose of a row-major matrix `[rows, columns]` that starts at `offset`.
    static func transposed<Scalar>(_ matrix: [Scalar], at offset: Int = 0, rows: Int, columns: Int) -> [Scalar] {
        var result = [Scalar]()
        result.reserveCapacity(rows * columns)
        for column in 0..<columns {
            for row in 0..<rows { result.append(matrix[offset + row * columns + column]) }
        }
        return result
    }

    private static func load<Scalar>(_ source: [Scalar], at offset: Int, into row: inout [Scalar]) {
        let part = source.span.extracting(offset..<offset + row.count)
        var target = row.mutableSpan
        for column in 0..<part.count { target[column] = part[column] }
    }

    private static func store<Scalar>(_ row: [Scalar], into target: inout [Scalar], at offset: Int) {
        let part = row.span
        var span = target.mutableSpan
        for column in 0..<part.count { span[offset + column] = part[column] }
    }

    /// Adds four rows of the right operand at a time, so that the result is loaded and stored a quarter as often.
    private static func accumulateRow<Scalar: BinaryFloatingPoint>(
        _ left: [Scalar], at leftOffset: Int, _ right: Span<Scalar>, at rightOffset: Int, depth: Range<Int>,
        columns: Int, into row: inout [Scalar]
    ) {
        let width = row.count
        var target = row.mutableSpan
        var index = depth.lowerBound
        while index + 4 <= depth.upperBound {
            let start = rightOffset + index * columns
            addRows(
                &target,
                right.extracting(start..<start + width), left[leftOffset + index],
                right.extracting(start + columns..<start + columns + width), left[leftOffset + index + 1],
                right.extracting(start + 2 * columns..<start + 2 * columns + width), left[leftOffset + index + 2],
                right.extracting(start + 3 * columns..<start + 3 * columns + width), left[leftOffset + index + 3])
            index += 4
        }
        while index < depth.upperBound {
            let start = rightOffset + index * columns
            addRow(&target, right.extracting(start..<start + width), left[leftOffset + index])
            index += 1
        }
    }

    private static func addRows<Scalar: BinaryFloatingPoint>(
        _ target: inout MutableSpan<Scalar>, _ first: Span<Scalar>, _ a: Scalar, _ second: Span<Scalar>, _ b: Scalar,
        _ third: Span<Scalar>, _ c: Scalar, _ fourth: Span<Scalar>, _ d: Scalar
    ) {
        let count = target.count
        // Told once, the compiler drops the bounds check of every element.
        guard first.count == count, second.count == count, third.count == count, fourth.count == count else { return }
        for index in 0..<count {
            target[index] += a * first[index] + b * second[index] + c * third[index] + d * fourth[index]
        }
    }

    private static func addRow<Scalar: BinaryFloatingPoint>(
        _ target: inout MutableSpan<Scalar>, _ source: Span<Scalar>, _ factor: Scalar
    ) {
        let count = target.count
        guard source.count == count else { return }
        for index in 0..<count { target[index] += factor * source[index] }
    }
}

import Tensors

/// Products of row-major matrices.
enum MatrixProduct {
    /// Adds `A · B` to `C` for one matrix: A is `[m, k]`, B `[k, n]`, C `[m, n]`, each at an offset into its array.
    ///
    /// The innermost loop runs along rows of B and C, which vectorises; blocks of four rows of B are read at once.
    static func accumulate<T: Number>(
        _ a: [T], at aStart: Int, _ b: [T], at bStart: Int, into c: inout [T], at cStart: Int, m: Int, k: Int, n: Int
    ) {
        let left = a.span
        let right = b.span
        var target = c.mutableSpan
        for row in 0..<m {
            let out = cStart &+ row &* n
            var inner = 0
            while inner &+ 4 <= k {
                let source = aStart &+ row &* k &+ inner
                let (a0, a1, a2, a3) = (left[source], left[source &+ 1], left[source &+ 2], left[source &+ 3])
                let b0 = bStart &+ inner &* n
                let (b1, b2, b3) = (b0 &+ n, b0 &+ 2 &* n, b0 &+ 3 &* n)
                for column in 0..<n {
                    let first = a0.times(right[b0 &+ column]).plus(a1.times(right[b1 &+ column]))
                    let second = a2.times(right[b2 &+ column]).plus(a3.times(right[b3 &+ column]))
                    target[out &+ column] = target[out &+ column].plus(first.plus(second))
                }
                inner &+= 4
            }
            while inner < k {
                let value = left[aStart &+ row &* k &+ inner]
                let start = bStart &+ inner &* n
                for column in 0..<n {
                    target[out &+ column] = target[out &+ column].plus(value.times(right[start &+ column]))
                }
                inner &+= 1
            }
        }
    }

    /// The transpose of a row-major `[rows, columns]` matrix.
    static func transposed<T: Number>(_ values: [T], rows: Int, columns: Int) -> [T] {
        var result = [T](repeating: .zero, count: values.count)
        let source = values.span
        var target = result.mutableSpan
        for row in 0..<rows {
            for column in 0..<columns { target[column &* rows &+ row] = source[row &* columns &+ column] }
        }
        return result
    }
}

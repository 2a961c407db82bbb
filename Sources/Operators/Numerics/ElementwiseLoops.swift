import Tensors

/// The loops behind element-wise kernels; each is copied into its caller, so that the function becomes part of the loop.
enum ElementwiseLoops {
    /// Applies a function to each element.
    @inline(__always)
    static func map<T: TensorScalar, R: TensorScalar & AdditiveArithmetic>(_ values: [T], _ function: (T) -> R) -> [R] {
        map(values, filling: R.zero, function)
    }

    /// Applies a function to each element; `filling` is any value of the result's type.
    @inline(__always)
    static func map<T, R: BitwiseCopyable>(_ values: [T], filling: R, _ function: (T) -> R) -> [R] {
        var result = [R](repeating: filling, count: values.count)
        let source = values.span
        var target = result.mutableSpan
        for index in 0..<source.count { target[index] = function(source[index]) }
        return result
    }

    /// Applies a function to each pair of elements under broadcasting to `shape`.
    @inline(__always)
    static func zip<T, R: BitwiseCopyable>(
        _ left: [T], _ leftShape: Shape, _ right: [T], _ rightShape: Shape, to shape: Shape, filling: R,
        _ function: (T, T) -> R
    ) -> [R] {
        let count = shape.elementCount
        var result = [R](repeating: filling, count: count)
        guard count > 0 else { return result }
        let a = left.span
        let b = right.span
        var target = result.mutableSpan
        var walk = StridedWalk(
            shape: shape,
            strides: [
                Broadcasting.strides(of: leftShape, in: shape), Broadcasting.strides(of: rightShape, in: shape),
            ])
        // Along a row an operand either advances with the result or stands still.
        let (leftAdvances, rightAdvances) = (walk.innerStrides[0] != 0, walk.innerStrides[1] != 0)
        repeat {
            let (i, j, start) = (walk.offsets[0], walk.offsets[1], walk.position)
            if leftAdvances, rightAdvances {
                for step in 0..<walk.innerExtent { target[start &+ step] = function(a[i &+ step], b[j &+ step]) }
            } else if leftAdvances {
                let still = b[j]
                for step in 0..<walk.innerExtent { target[start &+ step] = function(a[i &+ step], still) }
            } else {
                let still = a[i]
                let last = rightAdvances ? walk.innerExtent : 1
                for step in 0..<last { target[start &+ step] = function(still, b[j &+ step]) }
            }
        } while walk.next()
        return result
    }
}

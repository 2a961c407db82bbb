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
        if a.count == count, b.count == count {
            for index in 0..<count { target[index] = function(a[index], b[index]) }
        } else if b.count == 1, a.count == count {
            let scalar = b[0]
            for index in 0..<count { target[index] = function(a[index], scalar) }
        } else if a.count == 1, b.count == count {
            let scalar = a[0]
            for index in 0..<count { target[index] = function(scalar, b[index]) }
        } else {
            var walk = StridedWalk(
                shape: shape,
                strides: [
                    Broadcasting.strides(of: leftShape, in: shape), Broadcasting.strides(of: rightShape, in: shape),
                ])
            let (stepA, stepB) = (walk.innerStrides[0], walk.innerStrides[1])
            repeat {
                var (i, j) = (walk.offsets[0], walk.offsets[1])
                for index in walk.position..<walk.position + walk.innerExtent {
                    target[index] = function(a[i], b[j])
                    i &+= stepA
                    j &+= stepB
                }
            } while walk.next()
        }
        return result
    }
}

import Graphs
import Tensors

/// Numpy's rule for tensors of different shapes: align at the last axis, stretch extents of 1.
enum Broadcasting {
    /// The shape that all shapes stretch to.
    ///
    /// - Throws: `OperatorError` of code `shape` where extents differ and neither is 1.
    static func shape(_ shapes: [Shape], _ path: String) throws(OperatorError) -> Shape {
        let rank = shapes.map(\.rank).max() ?? 0
        var result = [Int](repeating: 1, count: rank)
        for shape in shapes {
            let offset = rank - shape.rank
            for (axis, extent) in shape.enumerated() where extent != 1 {
                guard result[offset + axis] == 1 || result[offset + axis] == extent else {
                    throw mismatch(shapes.map(\.description), path)
                }
                result[offset + axis] = extent
            }
        }
        return Shape(result)
    }

    /// The shape that all symbolic shapes stretch to; `nil` where a rank is not known.
    ///
    /// - Throws: `OperatorError` of code `shape` where fixed extents differ and neither is 1.
    static func shape(_ shapes: [SymbolicShape?], _ path: String) throws(OperatorError) -> SymbolicShape? {
        let known = shapes.compactMap(\.self)
        guard known.count == shapes.count else { return nil }
        let rank = known.map(\.dimensions.count).max() ?? 0
        var result = [Dimension](repeating: .fixed(1), count: rank)
        for shape in known {
            let offset = rank - shape.dimensions.count
            for (axis, extent) in shape.dimensions.enumerated() {
                guard let joined = join(result[offset + axis], extent) else {
                    throw mismatch(known.map(\.text), path)
                }
                result[offset + axis] = joined
            }
        }
        return SymbolicShape(result)
    }

    /// The extent two extents stretch to; `nil` where they cannot.
    static func join(_ left: Dimension, _ right: Dimension) -> Dimension? {
        switch (left, right) {
        case (.fixed(1), let other), (let other, .fixed(1)): other
        case (.fixed(let a), .fixed(let b)): a == b ? left : nil
        // An extent above 1 forces the other to be 1 or the same.
        case (.fixed, _): left
        case (_, .fixed): right
        default: left == right && left != .unknown ? left : .unknown
        }
    }

    /// Steps through a tensor's elements for each axis of the shape it is stretched to; 0 where it is stretched.
    static func strides(of shape: Shape, in target: Shape) -> [Int] {
        let offset = target.rank - shape.rank
        let own = shape.strides
        return target.indices.map { axis in
            axis < offset || (shape[axis - offset] == 1 && target[axis] != 1) ? 0 : own[axis - offset]
        }
    }

    /// The elements stretched to a shape.
    static func expand<T>(_ values: [T], from shape: Shape, to target: Shape) -> [T] {
        if shape == target { return values }
        guard let first = values.first, target.elementCount > 0 else { return [] }
        var result = [T](repeating: first, count: target.elementCount)
        if values.count == 1 { return result }
        var walk = StridedWalk(shape: target, strides: [strides(of: shape, in: target)])
        let step = walk.innerStrides[0]
        repeat {
            var source = walk.offsets[0]
            for index in walk.position..<walk.position + walk.innerExtent {
                result[index] = values[source]
                source &+= step
            }
        } while walk.next()
        return result
    }

    private static func mismatch(_ shapes: [String], _ path: String) -> OperatorError {
        OperatorError(
            .shape, subject: path, reason: "shapes \(shapes.joined(separator: " and ")) cannot be broadcast together")
    }
}

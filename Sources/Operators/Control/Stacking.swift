import Tensors

/// Cuts tensors into slices along an axis and puts slices together, as loops scan.
enum Stacking {
    /// Tensors of one shape as the slices of one tensor with a new axis.
    ///
    /// - Throws: `OperatorError` of code `shape` or `type` where they differ.
    static func stack(_ slices: [Tensor], axis: Int, _ path: String) throws(OperatorError) -> Tensor? {
        guard let first = slices.first else { return nil }
        var joined = first
        for slice in slices.dropFirst() {
            guard slice.shape == first.shape else {
                throw OperatorError(
                    .shape, subject: path, reason: "iterations give slices of shapes \(first.shape) and \(slice.shape)")
            }
        }
        if slices.count > 1 { joined = try joinAll(slices, path) }
        let axis = try Axes.normalize(axis, rank: first.shape.rank + 1, path)
        var shape = first.shape.dimensions
        shape.insert(slices.count, at: axis)
        if axis == 0 { return try joined.reshaped(Shape(shape), path) }
        // Slices lie one after the other; the new axis moves in front of the axes from `axis` on.
        let inner = shape[(axis + 1)...].extentProduct
        let outer = shape[..<axis].extentProduct
        var positions: [Int] = []
        for row in 0..<outer {
            for slice in slices.indices {
                let start = (slice * outer + row) * inner
                positions += start..<start + inner
            }
        }
        return try joined.gathered(positions, shape: Shape(shape), path: path)
    }

    private static func joinAll(_ tensors: [Tensor], _ path: String) throws(OperatorError) -> Tensor {
        if tensors.count == 1 { return tensors[0] }
        let half = tensors.count / 2
        return try joinAll(Array(tensors[..<half]), path).joined(try joinAll(Array(tensors[half...]), path), path)
    }

    /// One slice of a tensor, without its axis.
    static func slice(_ tensor: Tensor, axis: Int, index: Int, _ path: String) throws(OperatorError) -> Tensor {
        var shape = tensor.shape.dimensions
        let extent = shape.remove(at: axis)
        let inner = shape[axis...].extentProduct
        let outer = shape[..<axis].extentProduct
        var positions: [Int] = []
        positions.reserveCapacity(outer * inner)
        for row in 0..<outer {
            let start = (row * extent + index) * inner
            positions += start..<start + inner
        }
        return try tensor.gathered(positions, shape: Shape(shape), path: path)
    }
}

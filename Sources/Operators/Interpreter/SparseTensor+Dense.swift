import Graphs
import Tensors

extension SparseTensor {
    /// The dense tensor it stands for.
    ///
    /// - Throws: `OperatorError` where an index is outside or the parts do not fit.
    func dense(_ path: String) throws(OperatorError) -> Tensor {
        let count = try shape.allocatableCount(path)
        let positions = try indices.integers(path)
        let rank = max(indices.shape.rank == 2 ? indices.shape[1] : 1, 1)
        let strides = shape.strides
        guard positions.count == values.elementCount * rank, rank == 1 || rank == shape.rank else {
            throw OperatorError(.shape, subject: path, reason: "sparse tensor '\(name)' has indices that do not fit")
        }
        var order = [Int](repeating: values.elementCount, count: count)
        for element in 0..<values.elementCount {
            var position = 0
            for axis in 0..<rank {
                let index = positions[element * rank + axis]
                guard index >= 0, index < (rank == 1 ? count : shape[axis]) else {
                    throw OperatorError(.index, subject: path, reason: "sparse tensor '\(name)' has index \(index)")
                }
                position += rank == 1 ? index : index * strides[axis]
            }
            order[position] = element
        }
        return try values.rearranged(to: shape, SparseFill(order: order), path: path)
    }
}

/// Places elements at positions and zeros elsewhere.
private struct SparseFill: RearrangementKernel {
    /// For each position the element that stands there, or the count of elements.
    let order: [Int]

    func run<T: Sendable>(_ elements: [T], zero: T) throws(OperatorError) -> [T] {
        order.map { $0 < elements.count ? elements[$0] : zero }
    }
}

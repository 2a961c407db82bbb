import Engines
import Operators

/// Slices of any step, as one box.
struct SlicePlanner: MovementPlanner {
    let walk: Kernel.Walk

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], data.extents.count == walk.counts.count else { return nil }
        let strides = Layout.rowMajorStrides(data.extents)
        return try draft(of: data, extents: walk.counts, library) { width in
            MovementBox(
                extents: walk.counts, from: zip(strides, walk.steps).map { $0 &* $1 },
                to: Layout.rowMajorStrides(walk.counts), fromOffset: zip(strides, walk.starts).map(*).reduce(0, +),
                width: width)
        }
    }
}

/// Consecutive parts along an axis, one box each.
struct SplitPlanner: MovementPlanner {
    let axis: Int
    let sizes: [Int]

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], axis < data.extents.count, let width = data.elementType.movementWidth,
            sizes.reduce(0, +) == data.extents[axis], sizes.allSatisfy({ $0 > 0 })
        else { return nil }
        let strides = Layout.rowMajorStrides(data.extents)
        var start = 0
        var moves: [MovementKernel.Move] = []
        var results: [[Int]] = []
        for size in sizes {
            var extents = data.extents
            extents[axis] = size
            guard
                let box = MovementBox(
                    extents: extents, from: strides, to: Layout.rowMajorStrides(extents),
                    fromOffset: start * strides[axis], width: width)
            else { return nil }
            moves.append(MovementKernel.Move(operand: 0, result: results.count, box: box))
            results.append(extents)
            start += size
        }
        return try KernelDraft(
            MovementKernel(moves), rowMajor: [(0, data)], results: results, type: data.elementType, library)
    }
}

import Engines
import Operators
import Tensors

/// Slices picked by indices: whole runs of bytes, so that a few rows of a large table cost no more than they hold.
struct GatherPlanner: MovementPlanner {
    let axis: Int

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], let indices = operands[1], axis < data.extents.count,
            let width = data.elementType.movementWidth, let indexWidth = indices.elementType.indexWidth
        else { return nil }
        let extents = data.extents[..<axis] + indices.extents + data.extents[(axis + 1)...]
        let kernel = GatherKernel(
            outer: data.extents[..<axis].reduce(1, *), extent: data.extents[axis],
            sliceByteCount: data.extents[(axis + 1)...].reduce(width, *), count: indices.elementCount,
            indexWidth: indexWidth)
        return try KernelDraft(
            kernel, rowMajor: [(0, data), (1, indices)], results: [Array(extents)], type: data.elementType, library)
    }
}

/// Elements picked by an index each along one axis.
struct ElementGatherPlanner: MovementPlanner {
    let axis: Int

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], let indices = operands[1], axis < data.extents.count,
            data.extents.count == indices.extents.count, let width = data.elementType.movementWidth,
            let indexWidth = indices.elementType.indexWidth,
            data.extents.indices.allSatisfy({ $0 == axis || indices.extents[$0] <= data.extents[$0] }),
            let kernel = ElementGatherKernel(
                data: data.extents, indices: indices.extents, axis: axis, width: width, indexWidth: indexWidth)
        else { return nil }
        return try KernelDraft(
            kernel, rowMajor: [(0, data), (1, indices)], results: [indices.extents], type: data.elementType, library)
    }
}

extension ElementType {
    /// Bytes of an index of this type; `nil` where it is none.
    fileprivate var indexWidth: Int? {
        switch self {
        case .int64: 8
        case .int32: 4
        default: nil
        }
    }
}

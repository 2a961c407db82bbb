import Engines
import Operators
import Tensors

/// Comparisons and logic under broadcasting, of row-major operands.
struct ComparisonPlanner: KernelPlanner {
    let kind: Kernel.ComparisonKind

    func takes(_ operands: [KernelOperand?]) -> Bool { operands.allSatisfy { $0 != nil } }

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let a = operands[0], let b = operands[1], a.elementType == b.elementType,
            let function = library.vectors.comparison(kind, a.elementType)
        else { return nil }
        let width = a.elementType.bitWidth / 8
        guard let stretching = Stretching([a.extents, b.extents], widths: [width, width], width: 1) else { return nil }
        return try KernelDraft(
            StretchKernel(function: .binary(function), stretching: stretching), rowMajor: [(0, a), (1, b)],
            results: [stretching.extents], type: .bool, library)
    }
}

/// The elements of one operand where a condition is true, of another elsewhere.
struct SelectionPlanner: MovementPlanner {
    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let condition = operands[0], let a = operands[1], let b = operands[2], condition.elementType == .bool,
            a.elementType == b.elementType, let width = a.elementType.movementWidth,
            let function = library.vectors.selection(width: width),
            let stretching = Stretching(
                [condition.extents, a.extents, b.extents], widths: [1, width, width], width: width)
        else { return nil }
        return try KernelDraft(
            StretchKernel(function: .selection(function), stretching: stretching),
            rowMajor: [(0, condition), (1, a), (2, b)], results: [stretching.extents], type: a.elementType, library)
    }
}

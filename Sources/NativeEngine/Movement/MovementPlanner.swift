import Engines
import Tensors

/// What planners of movements have in common: row-major operands of any type whose elements take whole bytes.
protocol MovementPlanner: KernelPlanner {}

extension MovementPlanner {
    func takes(_ operands: [KernelOperand?]) -> Bool {
        operands.allSatisfy { $0?.elementType.movementWidth != nil || $0 == nil }
    }

    /// The draft of one operand moved into one result.
    func draft(
        of data: KernelOperand, extents: [Int], _ library: OneDNNLibrary, box: (Int) -> MovementBox?
    ) throws(EngineError) -> KernelDraft? {
        guard let width = data.elementType.movementWidth, let box = box(width) else { return nil }
        return try KernelDraft(
            MovementKernel([MovementKernel.Move(operand: 0, result: 0, box: box)]), rowMajor: [(0, data)],
            results: [extents], type: data.elementType, library)
    }
}

extension ElementType {
    /// Bytes of an element, where they are as many as kernels move at a time.
    var movementWidth: Int? {
        guard bitWidth % 8 == 0, self != .string, [8, 16, 32, 64].contains(bitWidth) else { return nil }
        return bitWidth / 8
    }
}

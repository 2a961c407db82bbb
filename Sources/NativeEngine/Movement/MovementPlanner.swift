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
        return try draft(
            MovementKernel([MovementKernel.Move(operand: 0, result: 0, box: box)], width: width), [(0, data)],
            [extents], library)
    }

    /// The draft of a kernel that reads row-major operands and writes row-major results of the first one's type.
    func draft(
        _ kernel: any DirectKernel, _ operands: [(index: Int, operand: KernelOperand)], _ results: [[Int]],
        type: ElementType? = nil, _ library: OneDNNLibrary
    ) throws(EngineError) -> KernelDraft? {
        try KernelDraft(kernel, rowMajor: operands, results: results, type: type, library)
    }
}

extension KernelDraft {
    /// A direct kernel that reads row-major operands and writes row-major results.
    ///
    /// - Parameter type: of the results; that of the first operand where `nil`.
    /// - Throws: `EngineError`.
    init?(
        _ kernel: any DirectKernel, rowMajor operands: [(index: Int, operand: KernelOperand)], results: [[Int]],
        type: ElementType? = nil, _ library: OneDNNLibrary
    ) throws(EngineError) {
        guard let type = type ?? operands.first?.operand.elementType else { return nil }
        var sources: [Source] = []
        for (index, operand) in operands {
            let wanted = try Layout(operand.extents, type: operand.elementType, library)
            sources.append(
                Source(
                    argument: 0, operand: index, acceptsAnyLayout: true, given: operand.layout,
                    wanted: operand.isRowMajor ? operand.layout : wanted))
        }
        var written: [Result] = []
        for extents in results {
            written.append(Result(layout: try Layout(extents, type: type, library), extents: extents, isRowMajor: true))
        }
        self.init(.direct(kernel), sources, results: written)
    }
}

extension ElementType {
    /// Bytes of an element, where they are as many as kernels move at a time.
    var movementWidth: Int? {
        guard bitWidth % 8 == 0, self != .string, [8, 16, 32, 64].contains(bitWidth) else { return nil }
        return bitWidth / 8
    }
}

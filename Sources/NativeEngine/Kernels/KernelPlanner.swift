import Engines
import Tensors

/// Makes the computation of a kernel of the vocabulary for operands of fixed extents.
protocol KernelPlanner {
    /// Whether it can compute operands of these types.
    func takes(_ operands: [KernelOperand?]) -> Bool
    /// Whether it reads images whose pixels are parts of wider ones; others get them densely.
    var readsParts: Bool { get }
    /// A computation of the call; `nil` where there is none, or none that is worth it.
    ///
    /// - Throws: `EngineError` where oneDNN fails.
    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft?
}

extension KernelPlanner {
    /// No.
    var readsParts: Bool { false }

    /// Operands of `f32`.
    func takes(_ operands: [KernelOperand?]) -> Bool {
        operands.allSatisfy { $0 == nil || $0?.elementType == .float32 }
    }

    /// The draft of a primitive that reads one operand as it lies and writes in the layout that suits it.
    func draft(
        of operand: KernelOperand, _ description: PrimitiveDescription?, destination: Layout?, extents: [Int]
    ) throws(EngineError) -> KernelDraft? {
        guard let description, !description.isReference else { return nil }
        let library = description.library
        let rowMajor = try Layout(extents, library)
        let chosen = destination ?? rowMajor
        return KernelDraft(
            description,
            [
                KernelDraft.Source(
                    argument: 1, operand: 0, acceptsAnyLayout: true, given: operand.layout, wanted: operand.layout)
            ], destination: chosen, extents: extents, isRowMajor: chosen.isSame(as: rowMajor))
    }
}

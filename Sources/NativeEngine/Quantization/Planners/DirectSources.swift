import Engines

/// The operands of a direct kernel, gathered in the order in which it finds them in its memory; all are read row-major.
struct DirectSources {
    private var operands: [(index: Int, operand: KernelOperand)] = []

    /// Adds an operand and returns its place.
    @discardableResult
    mutating func append(_ index: Int, _ operand: KernelOperand) -> Int {
        operands.append((index, operand))
        return operands.count - 1
    }

    /// Adds a scale, zero point or bias.
    mutating func parameter(_ index: Int, _ operand: KernelOperand) -> ParameterOperand {
        ParameterOperand(
            position: append(index, operand), elementType: operand.elementType, count: operand.elementCount)
    }

    /// The sources of the draft.
    ///
    /// - Throws: `EngineError`.
    func sources(_ library: OneDNNLibrary) throws(EngineError) -> [KernelDraft.Source] {
        var sources: [KernelDraft.Source] = []
        for (index, operand) in operands {
            let layout = try Layout(operand.extents, type: operand.elementType, library)
            sources.append(
                KernelDraft.Source(
                    argument: 0, operand: index, acceptsAnyLayout: false, given: layout, wanted: layout))
        }
        return sources
    }
}

import Engines
import Operators
import Tensors

/// Recurrent networks on vector kernels; constant weights are packed once.
struct RecurrentPlanner: KernelPlanner {
    let recurrence: Kernel.Recurrence

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let form = RecurrentForm(recurrence, operands) else { return nil }
        let weights = operands[1...3].compactMap { $0?.constant }
        let isConstant = weights.count == operands[1...3].count(where: { $0 != nil })
        let packed = isConstant ? PackedRecurrence.shared(weights, form, library) : nil
        var read = packed == nil ? [0, 1, 2, 3, 4, 5] : [0, 4, 5]
        read.removeAll { $0 >= operands.count || operands[$0] == nil }
        var sources: [KernelDraft.Source] = []
        for index in read {
            guard let operand = operands[index] else { continue }
            sources.append(
                KernelDraft.Source(
                    argument: 0, operand: index, acceptsAnyLayout: true, given: operand.layout,
                    wanted: try Layout(operand.extents, library)))
        }
        var results: [KernelDraft.Result] = []
        for extents in form.resultExtents.prefix(recurrence.resultCount) {
            results.append(
                KernelDraft.Result(layout: try Layout(extents, library), extents: extents, isRowMajor: true))
        }
        let kernel = RecurrentKernel(form: form, vectors: library.vectors, packed: packed, operands: read)
        return KernelDraft(.direct(kernel), sources, results: results)
    }
}

/// The extents of a recurrent network.
struct RecurrentForm: Hashable {
    let recurrence: Kernel.Recurrence
    let steps: Int
    let batch: Int
    let inputs: Int
    let hidden: Int

    /// `nil` where the extents of the operands do not fit each other.
    init?(_ recurrence: Kernel.Recurrence, _ operands: [KernelOperand?]) {
        guard operands.count > 4, let data = operands[0]?.extents, let weights = operands[1]?.extents,
            let recurrent = operands[2]?.extents, data.count == 3, weights.count == 3, recurrent.count == 3
        else { return nil }
        self.recurrence = recurrence
        steps = data[recurrence.isBatchFirst ? 1 : 0]
        batch = data[recurrence.isBatchFirst ? 0 : 1]
        inputs = data[2]
        hidden = recurrent[2]
        let (directions, rows) = (recurrence.isReversed.count, recurrence.cell.gates * hidden)
        guard weights == [directions, rows, inputs], recurrent == [directions, rows, hidden],
            operands[3] == nil || operands[3]?.extents == [directions, 2 * rows]
        else { return nil }
        for state in operands[4...] where state != nil && state?.extents != stateExtents { return nil }
    }

    var directions: Int { recurrence.isReversed.count }
    var gates: Int { recurrence.cell.gates }

    private var stateExtents: [Int] {
        recurrence.isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden]
    }

    var resultExtents: [[Int]] {
        let all = recurrence.isBatchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden]
        return [all, stateExtents] + (recurrence.cell == .longShortTerm ? [stateExtents] : [])
    }

    /// Where the state of a direction and a sequence starts.
    func stateOffset(_ direction: Int, _ sequence: Int) -> Int {
        (recurrence.isBatchFirst ? sequence * directions + direction : direction * batch + sequence) * hidden
    }

    /// Arithmetic of a run, in operations.
    var operations: Int { 2 * steps * batch * directions * gates * hidden * (inputs + hidden) }
}

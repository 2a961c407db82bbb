/// The steps of a plan so far and their buffers, each with the steps that it must outlast.
struct PlanDraft {
    private(set) var steps: [PlanStep] = []
    private(set) var buffers: [PlanBuffer] = []

    /// Adds a buffer; its number.
    mutating func add(_ buffer: PlanBuffer) -> Int {
        buffers.append(buffer)
        return buffers.count - 1
    }

    /// Adds a step; what it reads and writes lives until then.
    mutating func add(
        _ action: PlanStep.Action, _ operands: [Int], _ results: [Int], _ title: StepTitle, scratch: Int = 0
    ) {
        let memory = scratch > 0 ? add(PlanBuffer(owner: .arena, byteCount: scratch)) : nil
        for buffer in operands + results + [memory].compactMap({ $0 }) { touch(buffer) }
        steps.append(PlanStep(title: title, action: action, operands: operands, results: results, scratch: memory))
    }

    /// Makes an output of the model of a buffer of the arena; says whether it was one.
    mutating func makeOutput(_ buffer: Int, _ output: Int) -> Bool {
        guard case .arena = buffers[buffer].owner else { return false }
        buffers[buffer].owner = .output(output)
        return true
    }

    private mutating func touch(_ buffer: Int) {
        buffers[buffer].touch(steps.count)
        if case .part(let whole, _) = buffers[buffer].owner { touch(whole) }
    }
}

import CVectorKernels
import Engines
import Operators

/// A recurrent network over all its steps: one product for the inputs of all, then step after step.
///
/// Directions, and sequences of one direction, are computed apart, so that the number of threads changes no sum.
struct RecurrentKernel: DirectKernel {
    /// Fewer operations than these are not worth a second thread.
    private static let operationsForThreads = 4_000_000

    private let form: RecurrentForm
    private let vectors: VectorKernels
    /// `nil` where the weights are operands.
    private let packed: PackedRecurrence?
    /// For each operand of the vocabulary, where it stands among those given.
    private let position: [Int?]
    private let places: PackedRecurrence.Places

    /// - Parameter operands: which operands of the vocabulary are given, in order.
    init(form: RecurrentForm, vectors: VectorKernels, packed: PackedRecurrence?, operands: [Int]) {
        self.form = form
        self.vectors = vectors
        self.packed = packed
        position = (0...5).map { operands.firstIndex(of: $0) }
        places = PackedRecurrence.Places(form, lanes: vectors.lanes)
    }

    /// Floats of one state.
    private var width: Int { (form.hidden + vectors.lanes - 1) / vectors.lanes * vectors.lanes }

    /// Floats that one sequence of one direction needs: products of all steps, and four states.
    private var sequenceCount: Int { width * (form.steps * form.gates + 4) }

    var scratchByteCount: Int {
        let weights = packed == nil ? form.directions * places.count : 0
        return (weights + form.directions * form.batch * sequenceCount) * MemoryLayout<Float>.stride
    }

    func run(_ memory: DirectMemory, _ team: Team) {
        guard let scratch = memory.scratch else { return }
        let weights = packed?.memory.pointer ?? scratch
        if packed == nil, let input = operand(1, memory), let recurrent = operand(2, memory) {
            PackedRecurrence.pack(input, recurrent, operand(3, memory), form, vectors, into: scratch)
        }
        let working =
            scratch.assumingMemoryBound(to: Float.self) + (packed == nil ? form.directions * places.count : 0)
        let isWorthThreads = form.operations >= Self.operationsForThreads
        let splits = isWorthThreads ? max(1, min(form.batch, team.count / form.directions)) : 1
        team.run(limit: isWorthThreads ? form.directions * splits : 1) { part, parts in
            for unit in Team.share(form.directions * splits, part: part, of: parts) {
                let (direction, share) = (unit / splits, unit % splits)
                let sequences = Team.share(form.batch, part: share, of: splits)
                let own = working + (direction * form.batch + sequences.lowerBound) * sequenceCount
                walk(direction, sequences, weights, own, memory)
            }
        }
    }

    private func operand(_ index: Int, _ memory: DirectMemory) -> UnsafeMutablePointer<Float>? {
        position[index].map { memory.operands[$0].assumingMemoryBound(to: Float.self) }
    }

    /// Computes some sequences of one direction.
    private func walk(
        _ direction: Int, _ sequences: Range<Int>, _ weights: UnsafeMutableRawPointer,
        _ working: UnsafeMutablePointer<Float>, _ memory: DirectMemory
    ) {
        guard let data = operand(0, memory), !sequences.isEmpty else { return }
        let packed = weights.assumingMemoryBound(to: Float.self) + direction * places.count
        let count = sequences.count
        let states = working + count * form.steps * form.gates * width
        for index in 0..<count * width * 2 { states[index] = 0 }
        copyStates(direction, sequences) { state, offset in
            if let first = operand(4, memory) {
                (states + state).update(from: first + offset, count: form.hidden)
            }
            if let first = operand(5, memory) {
                (states + count * width + state).update(from: first + offset, count: form.hidden)
            }
        }
        let outputs = memory.results[0].assumingMemoryBound(to: Float.self)
        let isBatchFirst = form.recurrence.isBatchFirst
        let row = form.directions * form.hidden
        let inputSequence = isBatchFirst ? form.steps * form.inputs : form.inputs
        let outputSequence = isBatchFirst ? form.steps * row : form.hidden
        var run = AssayRecurrentRun(
            cell: form.recurrence.cell.code, steps: Int64(form.steps), batch: Int64(count),
            inputs: Int64(form.inputs), hidden: Int64(form.hidden),
            reversed: form.recurrence.isReversed[direction] ? 1 : 0,
            input: data + sequences.lowerBound * inputSequence,
            inputStep: Int64(isBatchFirst ? form.inputs : form.batch * form.inputs),
            inputSequence: Int64(inputSequence),
            output: outputs + direction * (isBatchFirst ? form.hidden : form.batch * form.hidden)
                + sequences.lowerBound * outputSequence,
            outputStep: Int64(isBatchFirst ? row : form.batch * row), outputSequence: Int64(outputSequence),
            packedInputWeights: packed + places.input, packedRecurrentWeights: packed + places.recurrent,
            packedBias: packed + places.bias, packedRecurrentBias: packed + places.recurrentBias,
            products: working, state: states, cellState: states + count * width,
            nextState: states + 2 * count * width, updateGate: states + 3 * count * width)
        vectors.recurrent.project(&run, 0, Int64(form.steps * count))
        vectors.recurrent.walk(&run)
        copyStates(direction, sequences) { state, offset in
            for (index, result) in memory.results.dropFirst().enumerated() {
                (result.assumingMemoryBound(to: Float.self) + offset).update(
                    from: states + index * count * width + state, count: form.hidden)
            }
        }
    }

    /// Calls `body` for each sequence with the start of its state among the working states, and in a tensor of states.
    private func copyStates(_ direction: Int, _ sequences: Range<Int>, _ body: (Int, Int) -> Void) {
        for (index, sequence) in sequences.enumerated() {
            body(index * width, form.stateOffset(direction, sequence))
        }
    }
}

extension Kernel.Recurrence.Cell {
    fileprivate var code: AssayRecurrentCell {
        switch self {
        case .plain: ASSAY_RECURRENT_PLAIN
        case .rectified: ASSAY_RECURRENT_RECTIFIED
        case .gatedUnit(resetsAfter: false): ASSAY_RECURRENT_GRU
        case .gatedUnit(resetsAfter: true): ASSAY_RECURRENT_GRU_RESET_AFTER
        case .longShortTerm: ASSAY_RECURRENT_LSTM
        }
    }
}

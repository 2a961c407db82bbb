import Graphs
import Tensors

/// Gated recurrent unit: update, reset and hidden gates.
///
/// Source: Cho et al., "Learning Phrase Representations using RNN Encoder–Decoder" (arXiv 1406.1078); with
/// `linear_before_reset` the reset gate acts after the product with the recurrence weights.
struct GRU: RecurrentOperator {
    let name = "GRU"
    static let gates = 3
    let signature = Signature(
        inputs: commonInputs,
        outputs: [.init("Y", TypeSets.floats, .optional), .init("Y_h", TypeSets.floats, .optional)],
        attributes: rules + [.init("linear_before_reset", default: .int(0))], versions: [7, 14, 22])

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let problem = try RecurrentProblem(call, attributes, gates: Self.gates)
            let kernel = GRUKernel(
                problem: problem, call: call,
                activations: try RecurrentActivation.read(
                    attributes, defaults: ["Sigmoid", "Tanh"], directions: problem.directions),
                resetsAfter: try attributes.flag("linear_before_reset"))
            return try call.tensor(0).elementType.dispatchReal(kernel, path: call.path)
        }
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let resetsAfter = try? attributes(site).flag("linear_before_reset") else { return nil }
        return recurrentLowering(site, defaults: ["Sigmoid", "Tanh"]) {
            $0 == [.sigmoid, .tanh] ? .gatedUnit(resetsAfter: resetsAfter) : nil
        }
    }

    var examples: [Example] {
        let hidden = Attribute("hidden_size", .int(3))
        let inputs: [Value?] = [
            .noise([4, 2, 2]), .noise([1, 9, 2], seed: 2), .noise([1, 9, 3], seed: 3), .noise([1, 18], seed: 4),
        ]
        let after = Attribute("linear_before_reset", .int(1))
        return [
            Example(
                "zero weights halve the state", opset: 14, attributes: [Attribute("hidden_size", .int(1))],
                inputs: [
                    .floats([1], [1, 1, 1]), .floats([0, 0, 0], [1, 3, 1]), .floats([0, 0, 0], [1, 3, 1]), nil, nil,
                    .floats([2], [1, 1, 1]),
                ], outputCount: 2, constantInputs: [1, 2],
                expected: [.floats([1], [1, 1, 1, 1]), .floats([1], [1, 1, 1])], isDifferentiable: false),
            Example(
                "reset before the product", opset: 7, attributes: [hidden], inputs: inputs, outputCount: 2,
                constantInputs: [1, 2, 3], isDifferentiable: false),
            Example(
                "reset after the product", opset: 14, attributes: [hidden, after], inputs: inputs, outputCount: 2,
                constantInputs: [1, 2, 3], isDifferentiable: false),
            Example(
                "both ways, batch first, lengths", opset: 22,
                attributes: [hidden, Attribute("direction", .string("bidirectional")), Attribute("layout", .int(1))],
                inputs: [
                    .noise([2, 4, 2]), .noise([2, 9, 2], seed: 2), .noise([2, 9, 3], seed: 3), nil,
                    .tensor([Int32(4), 3]), .noise([2, 2, 3], seed: 5),
                ], outputCount: 2, constantInputs: [1, 2], isDifferentiable: false),
        ]
    }
}

/// The recurrence of a GRU; gates stand in the order z, r, h.
private struct GRUKernel: RealKernel {
    let problem: RecurrentProblem
    let call: Call
    let activations: [[RecurrentActivation]]
    let resetsAfter: Bool

    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> [Value] {
        let (directions, hidden) = (problem.directions, problem.hiddenSize)
        let data: [T] = try call.values(0)
        let weights: [T] = try call.values(1)
        let recurrence: [T] = try call.values(2)
        let biases: [T]? = try problem.optional(call, 3, [directions, 6 * hidden])
        let initial: [T]? = try problem.optional(call, 5, problem.stateShape)
        var outputs = [T](repeating: 0, count: problem.sequenceShape.elementCount)
        var last = [T](repeating: 0, count: problem.stateShape.elementCount)
        for direction in 0..<directions {
            let start = direction * 6 * hidden
            let bias = (0..<6 * hidden).map { biases?[start + $0] ?? 0 }
            let recurrent = DenseProduct.transposed(
                recurrence, at: direction * 3 * hidden * hidden, rows: 3 * hidden, columns: hidden)
            let walk = Direction(
                problem: problem, direction: direction, activations: activations[direction], resetsAfter: resetsAfter,
                recurrence: recurrent, recurrenceBias: Array(bias[(3 * hidden)...]))
            let projected = problem.projected(
                data, weights: weights, bias: Array(bias[..<(3 * hidden)]), direction: direction)
            var state = problem.state(initial, direction: direction)
            for index in 0..<problem.steps { walk.advance(index, projected, &state, &outputs) }
            for sequence in 0..<problem.batch {
                let target = problem.stateOffset(direction, sequence)
                for place in 0..<hidden { last[target + place] = state[sequence * hidden + place] }
            }
        }
        return [
            try .make(outputs, problem.sequenceShape, problem.path), try .make(last, problem.stateShape, problem.path),
        ]
    }

    /// One direction with its weights.
    private struct Direction<T: Real> {
        let problem: RecurrentProblem
        let direction: Int
        let activations: [RecurrentActivation]
        let resetsAfter: Bool
        /// `[hidden, 3 · hidden]`.
        let recurrence: [T]
        let recurrenceBias: [T]

        func advance(_ index: Int, _ projected: [T], _ state: inout [T], _ outputs: inout [T]) {
            let (hidden, batch) = (problem.hiddenSize, problem.batch)
            let width = 3 * hidden
            var products = [T]()
            for _ in 0..<batch { products.append(contentsOf: recurrenceBias) }
            DenseProduct.accumulate(
                state, recurrence, into: &products, rows: batch, depth: hidden, columns: width)
            for sequence in 0..<batch {
                guard let step = problem.step(index, sequence: sequence, direction: direction) else { continue }
                let source = (step * batch + sequence) * width
                let base = sequence * width
                let gates = (0..<2 * hidden).map {
                    activations[0](problem.clipped(projected[source + $0] + products[base + $0]))
                }
                let old = Array(state[sequence * hidden..<(sequence + 1) * hidden])
                let candidates = candidates(
                    products[(base + 2 * hidden)..<(base + width)], gates: gates, old: old)
                let target = problem.sequenceOffset(step, direction, sequence)
                for place in 0..<hidden {
                    let sum = projected[source + 2 * hidden + place] + candidates[place]
                    let fresh = activations[1](problem.clipped(sum))
                    let value = (1 - gates[place]) * fresh + gates[place] * old[place]
                    state[sequence * hidden + place] = value
                    outputs[target + place] = value
                }
            }
        }

        /// What the old state adds to the candidate: the reset product, or the product of the reset state.
        private func candidates(_ products: ArraySlice<T>, gates: [T], old: [T]) -> [T] {
            let hidden = problem.hiddenSize
            if resetsAfter { return products.enumerated().map { $0.element * gates[hidden + $0.offset] } }
            let reset = old.enumerated().map { $0.element * gates[hidden + $0.offset] }
            return (0..<hidden).map { column in
                var sum = recurrenceBias[2 * hidden + column]
                for row in 0..<hidden { sum += reset[row] * recurrence[row * 3 * hidden + 2 * hidden + column] }
                return sum
            }
        }
    }
}

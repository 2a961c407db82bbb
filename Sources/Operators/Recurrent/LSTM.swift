import Graphs
import Tensors

/// Long short-term memory: input, output, forget and cell gates, with peepholes where `P` is given.
///
/// Source: Hochreiter and Schmidhuber, "Long Short-Term Memory" (1997), in the form of the ONNX standard.
struct LSTM: RecurrentOperator {
    let name = "LSTM"
    static let gates = 4
    static let hasCell = true
    let signature = Signature(
        inputs: commonInputs + [
            .init("initial_c", TypeSets.floats, .optional), .init("P", TypeSets.floats, .optional),
        ],
        outputs: [
            .init("Y", TypeSets.floats, .optional), .init("Y_h", TypeSets.floats, .optional),
            .init("Y_c", TypeSets.floats, .optional),
        ], attributes: rules + [.init("input_forget", default: .int(0))], versions: [7, 14, 22])

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let problem = try RecurrentProblem(call, attributes, gates: Self.gates)
            let kernel = LSTMKernel(
                problem: problem, call: call,
                activations: try RecurrentActivation.read(
                    attributes, defaults: ["Sigmoid", "Tanh", "Tanh"], directions: problem.directions),
                couplesForget: try attributes.flag("input_forget"))
            return try call.tensor(0).elementType.dispatchReal(kernel, path: call.path)
        }
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard (try? attributes(site).flag("input_forget")) == false else { return nil }
        return recurrentLowering(site, defaults: ["Sigmoid", "Tanh", "Tanh"]) {
            $0 == [.sigmoid, .tanh, .tanh] ? .longShortTerm : nil
        }
    }

    var examples: [Example] {
        let weights: [Value?] = [.noise([1, 12, 2], seed: 2), .noise([1, 12, 3], seed: 3)]
        let data = Value.noise([4, 2, 2])
        let bias = Value.noise([1, 24], seed: 4)
        let direction = { (name: String) in Attribute("direction", .string(name)) }
        let hidden = Attribute("hidden_size", .int(3))
        let states: [Value?] = [.noise([1, 2, 3], seed: 5), .noise([1, 2, 3], seed: 6)]
        return [
            Example(
                "zero weights keep half of the cell", opset: 14, attributes: [Attribute("hidden_size", .int(1))],
                inputs: [
                    .floats([1], [1, 1, 1]), .floats([0, 0, 0, 0], [1, 4, 1]), .floats([0, 0, 0, 0], [1, 4, 1]), nil,
                    nil, nil, .floats([2], [1, 1, 1]),
                ], outputCount: 3, constantInputs: [1, 2],
                expected: [
                    .floats([0.380_797_08], [1, 1, 1, 1]), .floats([0.380_797_08], [1, 1, 1]), .floats([1], [1, 1, 1]),
                ], isDifferentiable: false),
            Example(
                "all outputs", opset: 14, attributes: [hidden], inputs: [data] + weights + [bias], outputCount: 3,
                constantInputs: [1, 2, 3], isDifferentiable: false),
            Example(
                "backwards, given states and lengths", opset: 7, attributes: [hidden, direction("reverse")],
                inputs: [data] + weights + [bias, .tensor([Int32(4), 2])] + states, outputCount: 3,
                constantInputs: [1, 2, 3], isDifferentiable: false),
            Example(
                "both ways, batch first, peepholes", opset: 22,
                attributes: [hidden, direction("bidirectional"), Attribute("layout", .int(1))],
                inputs: [
                    .noise([2, 4, 2]), .noise([2, 12, 2], seed: 2), .noise([2, 12, 3], seed: 3),
                    .noise([2, 24], seed: 4), nil, nil, nil, .noise([2, 9], seed: 7),
                ], outputCount: 3, constantInputs: [1, 2, 3, 7], isDifferentiable: false),
            Example(
                "coupled gates, other functions, clipped", opset: 14,
                attributes: [
                    hidden, Attribute("input_forget", .int(1)), Attribute("clip", .float(0.5)),
                    Attribute(
                        "activations",
                        .strings(["HardSigmoid", "Softsign", "LeakyRelu"].map { .init(copying: $0.utf8) })),
                    Attribute("activation_alpha", .floats([0.3, 0.1])), Attribute("activation_beta", .floats([0.4])),
                ], inputs: [data] + weights, outputCount: 3, constantInputs: [1, 2], isDifferentiable: false),
        ]
    }
}

/// The recurrence of an LSTM; gates stand in the order i, o, f, c.
private struct LSTMKernel: RealKernel {
    let problem: RecurrentProblem
    let call: Call
    let activations: [[RecurrentActivation]]
    let couplesForget: Bool

    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> [Value] {
        let (directions, hidden) = (problem.directions, problem.hiddenSize)
        let data: [T] = try call.values(0)
        let weights: [T] = try call.values(1)
        let recurrence: [T] = try call.values(2)
        let biases: [T]? = try problem.optional(call, 3, [directions, 8 * hidden])
        let initialHidden: [T]? = try problem.optional(call, 5, problem.stateShape)
        let initialCell: [T]? = try problem.optional(call, 6, problem.stateShape)
        let peepholes: [T]? = try problem.optional(call, 7, [directions, 3 * hidden])
        var outputs = [T](repeating: 0, count: problem.sequenceShape.elementCount)
        var lastHidden = [T](repeating: 0, count: problem.stateShape.elementCount)
        var lastCell = lastHidden
        for direction in 0..<directions {
            let bias = (0..<4 * hidden).map { index -> T in
                guard let biases else { return 0 }
                let start = direction * 8 * hidden
                return biases[start + index] + biases[start + 4 * hidden + index]
            }
            let walk = Direction(
                problem: problem, direction: direction, activations: activations[direction],
                couplesForget: couplesForget,
                recurrence: DenseProduct.transposed(
                    recurrence, at: direction * 4 * hidden * hidden, rows: 4 * hidden, columns: hidden),
                peepholes: peepholes.map { Array($0[direction * 3 * hidden..<(direction + 1) * 3 * hidden]) }
                    ?? [T](repeating: 0, count: 3 * hidden))
            var state = State(
                hidden: problem.state(initialHidden, direction: direction),
                cell: problem.state(initialCell, direction: direction))
            walk.run(
                problem.projected(data, weights: weights, bias: bias, direction: direction), &state, &outputs)
            for sequence in 0..<problem.batch {
                let target = problem.stateOffset(direction, sequence)
                for index in 0..<hidden {
                    lastHidden[target + index] = state.hidden[sequence * hidden + index]
                    lastCell[target + index] = state.cell[sequence * hidden + index]
                }
            }
        }
        return [
            try .make(outputs, problem.sequenceShape, problem.path),
            try .make(lastHidden, problem.stateShape, problem.path),
            try .make(lastCell, problem.stateShape, problem.path),
        ]
    }

    /// The states of all sequences of one direction, `[batch, hidden]`.
    private struct State<T: Real> {
        var hidden: [T]
        var cell: [T]
    }

    /// One direction with its weights.
    private struct Direction<T: Real> {
        let problem: RecurrentProblem
        let direction: Int
        let activations: [RecurrentActivation]
        let couplesForget: Bool
        /// `[hidden, 4 · hidden]`.
        let recurrence: [T]
        /// i, o, f.
        let peepholes: [T]

        func run(_ projected: [T], _ state: inout State<T>, _ outputs: inout [T]) {
            let (hidden, batch) = (problem.hiddenSize, problem.batch)
            let width = 4 * hidden
            for index in 0..<problem.steps {
                var gates = [T](repeating: 0, count: batch * width)
                DenseProduct.accumulate(
                    state.hidden, recurrence, into: &gates, rows: batch, depth: hidden, columns: width)
                for sequence in 0..<batch {
                    guard let step = problem.step(index, sequence: sequence, direction: direction) else { continue }
                    let source = (step * batch + sequence) * width
                    for place in 0..<width { gates[sequence * width + place] += projected[source + place] }
                    advance(gates, sequence, &state)
                    let target = problem.sequenceOffset(step, direction, sequence)
                    for place in 0..<hidden { outputs[target + place] = state.hidden[sequence * hidden + place] }
                }
            }
        }

        private func advance(_ gates: [T], _ sequence: Int, _ state: inout State<T>) {
            let hidden = problem.hiddenSize
            let base = sequence * 4 * hidden
            for place in 0..<hidden {
                let at = sequence * hidden + place
                let old = state.cell[at]
                let input = activations[0](problem.clipped(gates[base + place] + peepholes[place] * old))
                let forgetGate = gates[base + 2 * hidden + place] + peepholes[2 * hidden + place] * old
                let forget = couplesForget ? 1 - input : activations[0](problem.clipped(forgetGate))
                let candidate = activations[1](problem.clipped(gates[base + 3 * hidden + place]))
                let cell = forget * old + input * candidate
                let outputGate = gates[base + hidden + place] + peepholes[hidden + place] * cell
                state.cell[at] = cell
                state.hidden[at] = activations[0](problem.clipped(outputGate)) * activations[2](cell)
            }
        }
    }
}

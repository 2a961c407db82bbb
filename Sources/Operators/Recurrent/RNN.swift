import Graphs
import Tensors

/// A simple recurrent network: the state is an activation of the input and the state before it.
struct RNN: RecurrentOperator {
    let name = "RNN"
    static let gates = 1
    let signature = Signature(
        inputs: commonInputs,
        outputs: [.init("Y", TypeSets.floats, .optional), .init("Y_h", TypeSets.floats, .optional)],
        attributes: rules, versions: [7, 14, 22])

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let problem = try RecurrentProblem(call, attributes, gates: Self.gates)
            let kernel = RNNKernel(
                problem: problem, call: call,
                activations: try RecurrentActivation.read(
                    attributes, defaults: ["Tanh"], directions: problem.directions))
            return try call.tensor(0).elementType.dispatchReal(kernel, path: call.path)
        }
    }

    func lowering(_ site: CallSite) -> Lowering? {
        recurrentLowering(site, defaults: ["Tanh"]) { $0 == [.tanh] ? .plain : $0 == [.relu] ? .rectified : nil }
    }

    var examples: [Example] {
        let hidden = Attribute("hidden_size", .int(3))
        let inputs: [Value?] = [
            .noise([4, 2, 2]), .noise([1, 3, 2], seed: 2), .noise([1, 3, 3], seed: 3), .noise([1, 6], seed: 4),
        ]
        return [
            Example(
                "sums", opset: 14,
                attributes: [
                    Attribute("hidden_size", .int(1)),
                    Attribute("activations", .strings([.init(copying: "Affine".utf8)])),
                    // The standard states no defaults for this function.
                    Attribute("activation_alpha", .floats([1])), Attribute("activation_beta", .floats([0])),
                ],
                inputs: [
                    .floats([1, 2, 3], [3, 1, 1]), .floats([1], [1, 1, 1]), .floats([1], [1, 1, 1]),
                ], outputCount: 2, constantInputs: [1, 2],
                expected: [.floats([1, 3, 6], [3, 1, 1, 1]), .floats([6], [1, 1, 1])], isDifferentiable: false),
            Example(
                "plain", opset: 7, attributes: [hidden], inputs: inputs, outputCount: 2,
                constantInputs: [1, 2, 3], isDifferentiable: false),
            Example(
                "both ways, batch first, lengths", opset: 22,
                attributes: [hidden, Attribute("direction", .string("bidirectional")), Attribute("layout", .int(1))],
                inputs: [
                    .noise([2, 4, 2]), .noise([2, 3, 2], seed: 2), .noise([2, 3, 3], seed: 3), nil,
                    .tensor([Int32(4), 3]), .noise([2, 2, 3], seed: 5),
                ], outputCount: 2, constantInputs: [1, 2], isDifferentiable: false),
        ]
    }
}

/// The recurrence of a simple network.
private struct RNNKernel: RealKernel {
    let problem: RecurrentProblem
    let call: Call
    let activations: [[RecurrentActivation]]

    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> [Value] {
        let (directions, hidden, batch) = (problem.directions, problem.hiddenSize, problem.batch)
        let data: [T] = try call.values(0)
        let weights: [T] = try call.values(1)
        let recurrence: [T] = try call.values(2)
        let biases: [T]? = try problem.optional(call, 3, [directions, 2 * hidden])
        let initial: [T]? = try problem.optional(call, 5, problem.stateShape)
        var outputs = [T](repeating: 0, count: problem.sequenceShape.elementCount)
        var last = [T](repeating: 0, count: problem.stateShape.elementCount)
        for direction in 0..<directions {
            let bias = (0..<hidden).map { index -> T in
                guard let biases else { return 0 }
                return biases[direction * 2 * hidden + index] + biases[(direction * 2 + 1) * hidden + index]
            }
            let recurrent = DenseProduct.transposed(
                recurrence, at: direction * hidden * hidden, rows: hidden, columns: hidden)
            let projected = problem.projected(data, weights: weights, bias: bias, direction: direction)
            var state = problem.state(initial, direction: direction)
            for index in 0..<problem.steps {
                var sums = [T](repeating: 0, count: batch * hidden)
                DenseProduct.accumulate(
                    state, recurrent, into: &sums, rows: batch, depth: hidden, columns: hidden)
                for sequence in 0..<batch {
                    guard let step = problem.step(index, sequence: sequence, direction: direction) else { continue }
                    let source = (step * batch + sequence) * hidden
                    let target = problem.sequenceOffset(step, direction, sequence)
                    for place in 0..<hidden {
                        let sum = sums[sequence * hidden + place] + projected[source + place]
                        let value = activations[direction][0](problem.clipped(sum))
                        state[sequence * hidden + place] = value
                        outputs[target + place] = value
                    }
                }
            }
            for sequence in 0..<batch {
                let target = problem.stateOffset(direction, sequence)
                for place in 0..<hidden { last[target + place] = state[sequence * hidden + place] }
            }
        }
        return [
            try .make(outputs, problem.sequenceShape, problem.path), try .make(last, problem.stateShape, problem.path),
        ]
    }
}

import Tensors

/// What all recurrent operators share: extents, direction, layout, clipping and the walk over time.
struct RecurrentProblem {
    /// Which way a direction walks.
    let isReversed: [Bool]
    /// Steps of the longest sequence.
    let steps: Int
    /// Sequences.
    let batch: Int
    /// Elements of an input step.
    let inputSize: Int
    /// Elements of a state.
    let hiddenSize: Int
    /// Blocks of weights: 4 for LSTM, 3 for GRU, 1 for RNN.
    let gates: Int
    /// True when sequences are the outer axis of inputs and outputs.
    let isBatchFirst: Bool
    /// The bound of pre-activations.
    let clip: Float?
    /// The length of each sequence.
    let lengths: [Int]
    let path: String

    /// Directions: 1 or 2.
    var directions: Int { isReversed.count }

    /// Checks the extents of a call.
    ///
    /// - Throws: `OperatorError` of code `shape` or `attribute`.
    init(_ call: Call, _ attributes: Attributes, gates: Int) throws(OperatorError) {
        path = call.path
        self.gates = gates
        isReversed = try Self.directions(attributes)
        isBatchFirst = try (attributes.optionalInt("layout") ?? 0) != 0
        clip = try attributes.optionalFloat("clip")
        let data = try call.tensor(0).shape
        let weights = try call.tensor(1).shape
        let recurrence = try call.tensor(2).shape
        guard data.rank == 3, weights.rank == 3, recurrence.rank == 3 else {
            throw OperatorError(.shape, subject: path, reason: "X, W and R must have three axes")
        }
        steps = data[isBatchFirst ? 1 : 0]
        batch = data[isBatchFirst ? 0 : 1]
        inputSize = data[2]
        hiddenSize = recurrence[2]
        guard weights == [isReversed.count, gates * hiddenSize, inputSize],
            recurrence == [isReversed.count, gates * hiddenSize, hiddenSize]
        else {
            throw OperatorError(
                .shape, subject: path,
                reason: "W of shape \(weights) and R of shape \(recurrence) do not fit X of shape \(data)")
        }
        if let stated = try attributes.optionalInt("hidden_size"), stated != hiddenSize {
            throw OperatorError(
                .attribute, subject: path, reason: "hidden_size is \(stated) where R holds \(hiddenSize) cells")
        }
        let given = try call.optionalIntegers(4)
        lengths = given ?? [Int](repeating: steps, count: batch)
        guard lengths.count == batch, lengths.allSatisfy({ $0 >= 0 && $0 <= steps }) else {
            throw OperatorError(
                .shape, subject: path,
                reason: "sequence lengths \(lengths) do not fit \(batch) sequences of \(steps) steps")
        }
    }

    /// Whether each direction walks backwards.
    static func directions(_ attributes: Attributes) throws(OperatorError) -> [Bool] {
        switch try attributes.string("direction") {
        case "forward": return [false]
        case "reverse": return [true]
        case "bidirectional": return [false, true]
        case let other:
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "direction is '\(other)'",
                remedy: "use forward, reverse or bidirectional")
        }
    }

    /// A vector of a pre-activation bound to ±clip.
    func clipped<T: Real>(_ value: T) -> T {
        guard let clip else { return value }
        return min(max(value, -T(clip)), T(clip))
    }

    /// The elements of an optional input, checked against a shape.
    func optional<T: TensorScalar>(
        _ call: Call, _ index: Int, _ shape: Shape
    ) throws(OperatorError) -> [T]? {
        guard let tensor = try call.optionalTensor(index) else { return nil }
        guard tensor.shape == shape else {
            throw OperatorError(
                .shape, subject: path, reason: "input \(index) has shape \(tensor.shape) where \(shape) is due")
        }
        return try tensor.elements(path)
    }

    /// The shape of a state over all directions, as inputs and outputs have it.
    var stateShape: Shape {
        isBatchFirst ? [batch, directions, hiddenSize] : [directions, batch, hiddenSize]
    }

    /// The shape of the output of all steps.
    var sequenceShape: Shape {
        isBatchFirst ? [batch, steps, directions, hiddenSize] : [steps, directions, batch, hiddenSize]
    }

    /// Where the state of a direction and a sequence starts.
    func stateOffset(_ direction: Int, _ sequence: Int) -> Int {
        (isBatchFirst ? sequence * directions + direction : direction * batch + sequence) * hiddenSize
    }

    /// Where the output of a step, a direction and a sequence starts.
    func sequenceOffset(_ step: Int, _ direction: Int, _ sequence: Int) -> Int {
        let place =
            isBatchFirst
            ? (sequence * steps + step) * directions + direction : (step * directions + direction) * batch + sequence
        return place * hiddenSize
    }

    /// One state a sequence `[batch, hidden]`, taken out of a state over all directions; zeros where there is none.
    func state<T: Real>(_ values: [T]?, direction: Int) -> [T] {
        guard let values else { return [T](repeating: 0, count: batch * hiddenSize) }
        return (0..<batch).flatMap { sequence in
            let start = stateOffset(direction, sequence)
            return values[start..<start + hiddenSize]
        }
    }

    /// All inputs times the input weights plus biases: `[steps · batch, gates · hidden]`, steps outermost.
    func projected<T: Real>(_ data: [T], weights: [T], bias: [T], direction: Int) -> [T] {
        let width = gates * hiddenSize
        let ordered = isBatchFirst ? stepsFirst(data) : data
        let transposed = DenseProduct.transposed(
            weights, at: direction * width * inputSize, rows: width, columns: inputSize)
        var result = [T]()
        result.reserveCapacity(steps * batch * width)
        for _ in 0..<steps * batch { result.append(contentsOf: bias) }
        DenseProduct.accumulate(
            ordered, transposed, into: &result, rows: steps * batch, depth: inputSize, columns: width)
        return result
    }

    private func stepsFirst<T>(_ data: [T]) -> [T] {
        (0..<steps).flatMap { step in
            (0..<batch).flatMap { sequence in
                let start = (sequence * steps + step) * inputSize
                return data[start..<start + inputSize]
            }
        }
    }

    /// The step a sequence takes as its `index`-th, in its own direction; `nil` when it has ended.
    func step(_ index: Int, sequence: Int, direction: Int) -> Int? {
        guard index < lengths[sequence] else { return nil }
        return isReversed[direction] ? lengths[sequence] - 1 - index : index
    }
}
